import { RETRYABLE_STATES } from '../../../contract/invitation';
import type { Channel, InvitationState } from '../../../contract/invitation';
import type { Transition } from '../../../domain/invitations/transitions';
import type { LookUpAnswer, SettlePolicy } from '../../../domain/invitations/settle';
import { claim, make, newEntry } from './pure-ledger';
import type { Entry } from './pure-ledger';
import { DEADLINE_MS, FENCE_MS } from './rules';
import type { Answer, Rules } from './rules';

/** A generation of the invitation of one person on one channel. */
export interface Invitation extends Entry {
  id: string;
  slot: number;
  generation: number;
  superseded: boolean;
}

/** Somebody who has two channels, and somebody who has one. */
export const SLOTS: readonly { person: number; channel: Channel }[] = [
  { person: 0, channel: 'email' },
  { person: 0, channel: 'sms' },
  { person: 1, channel: 'sms' },
];

interface Request {
  invitation: Invitation;
  begunAt: number;
  answer?: Answer;
}

/** A worker between two of its steps; while it makes none, it is frozen, or its machine is slow. */
export type Work =
  | { at: 'idle' }
  | { at: 'looked'; since: number; found: Invitation[] }
  | { at: 'claimed'; since: number; attemptId: string; mine: Invitation[] }
  | { at: 'free to send'; since: number; attemptId: string; mine: Invitation[] }
  | { at: 'sent'; attemptId: string; requests: Request[] }
  | { at: 'giving back'; attemptId: string; mine: Invitation[] };

interface Asked {
  invitation: Invitation;
  attemptId: string;
  answer: LookUpAnswer;
}

export interface World {
  rules: Rules;
  policy: Record<Channel, SettlePolicy>;
  /** After which an accepted message is visible at the provider, or has been reported by it at the latest. */
  lagMs: number;
  now: number;
  invitations: Invitation[];
  workers: Work[];
  /** What the settler was told and has not acted on yet. */
  settling: Asked[] | undefined;
  requests: Request[];
  /** What the provider holds, in the order in which it was accepted. */
  accepted: { invitation: Invitation; at: number }[];
  /** Staff, or a refusal of the account, hold the import back; `confirmed` once staff were told that nothing is sent. */
  held: boolean;
  confirmed: boolean;
  cancelled: boolean;
  /** What must not happen and was seen. */
  faults: string[];
  attempts: number;
}

export function createWorld(rules: Rules, policy: World['policy'], lagMs: number): World {
  return {
    rules,
    policy,
    lagMs,
    now: 0,
    invitations: SLOTS.map((_, slot) => generationOf(slot, 1)),
    workers: [{ at: 'idle' }, { at: 'idle' }],
    settling: undefined,
    requests: [],
    accepted: [],
    held: false,
    confirmed: false,
    cancelled: false,
    faults: [],
    attempts: 0,
  };
}

const generationOf = (slot: number, generation: number): Invitation => ({
  ...newEntry(),
  id: `${slot}:${generation}`,
  slot,
  generation,
  superseded: false,
});

export const current = ({ invitations }: World): Invitation[] => invitations.filter(({ superseded }) => !superseded);
export const holding = ({ accepted }: World, one: Invitation): number =>
  accepted.filter(({ invitation }) => invitation === one).length;

/** Where the provider could still do something with a request. */
export const openRequests = ({ requests, now }: World): Request[] =>
  requests.filter(({ begunAt, answer }) => answer === undefined && now <= begunAt + DEADLINE_MS);

/** Moments to come after which something can be done no more, or can be done at last. */
export function edges(world: World): number[] {
  const fences = world.workers.flatMap((work) => ('since' in work ? [work.since + FENCE_MS - 1] : []));
  const deadlines = openRequests(world).map(({ begunAt }) => begunAt + DEADLINE_MS);
  const windows = current(world).flatMap(({ state, attempt }) =>
    state === 'sending' && attempt ? [attempt.claimedAt + world.rules.settleWindowMs] : [],
  );
  return [...fences, ...deadlines, ...windows].filter((moment) => moment > world.now);
}

const makeHeld = ({ rules }: World, one: Invitation, move: Transition, attemptId: string): boolean =>
  make(one, move, rules.holders ? attemptId : undefined);

/** The next step of a worker, as `activities/sending/send-batch.ts` makes them. Tells whether there was one to make. */
export function step(world: World, worker: number, choice: { only: number; claimLost: boolean }): boolean {
  const work = world.workers[worker]!;
  const next = nextOf(world, work, choice);
  if (next) world.workers[worker] = next;
  return next !== undefined;
}

function nextOf(world: World, work: Work, choice: { only: number; claimLost: boolean }): Work | undefined {
  const { rules, now } = world;
  switch (work.at) {
    case 'idle': {
      const found = current(world).filter(({ state, slot }) => state === 'pending' && choice.only & (1 << slot));
      return found.length > 0 ? { at: 'looked', since: now, found } : undefined;
    }
    case 'looked': {
      const attemptId = `attempt ${++world.attempts}`;
      const got = work.found.filter((one) => claim(one, attemptId, now));
      if (choice.claimLost) return { at: 'giving back', attemptId, mine: work.found };
      return { at: 'claimed', since: work.since, attemptId, mine: rules.claims ? got : work.found };
    }
    case 'claimed':
      if (world.held && rules.looksAtHolds) return { at: 'giving back', attemptId: work.attemptId, mine: work.mine };
      return { ...work, at: 'free to send' };
    case 'free to send':
      if (!rules.mayStillSend(now - work.since, FENCE_MS)) {
        return { at: 'giving back', attemptId: work.attemptId, mine: work.mine };
      }
      return { at: 'sent', attemptId: work.attemptId, requests: work.mine.map((one) => begin(world, one)) };
    case 'sent': {
      const waits = work.requests.some(({ begunAt, answer }) => answer === undefined && now < begunAt + DEADLINE_MS);
      if (waits) return undefined;
      for (const { invitation, answer } of work.requests) {
        const move = answer && rules.moveAfter(answer);
        if (move) makeHeld(world, invitation, move, work.attemptId);
        if (answer === 'stopped') world.held = true;
      }
      return { at: 'idle' };
    }
    case 'giving back':
      for (const one of work.mine) makeHeld(world, one, 'release', work.attemptId);
      return { at: 'idle' };
  }
}

function begin(world: World, invitation: Invitation): Request {
  if (world.confirmed) world.faults.push(`${invitation.id} was sent after a pause or a cancellation was confirmed`);
  const request = { invitation, begunAt: world.now };
  world.requests.push(request);
  return request;
}

export function crash(world: World, worker: number): void {
  world.workers[worker] = { at: 'idle' };
}

/** The provider does something with a request. */
export function answer(world: World, request: Request, as: Answer): void {
  request.answer = as;
  if (as.endsWith('accepted')) world.accepted.push({ invitation: request.invitation, at: world.now });
}

/** What is in doubt for long enough, as `activities/sending/settle-invitations.ts` looks it up. */
export const settleable = (world: World): Invitation[] =>
  current(world).filter(
    ({ state, attempt }) =>
      state === 'sending' && attempt !== undefined && attempt.claimedAt <= world.now - world.rules.settleWindowMs,
  );

/** `failing` has a bit for each slot that the provider cannot be asked about now. */
export function lookUp(world: World, failing: number): void {
  if (world.policy.email === 'resend-after-settle' && world.rules.awaitsReports) reportMails(world);
  world.settling = settleable(world).map((invitation) => ({
    invitation,
    attemptId: invitation.attempt!.id,
    answer: answerFor(world, invitation, failing),
  }));
}

/** A provider of e-mails cannot be asked. Where one in doubt is sent again, its reports have come within the lag. */
function reportMails({ accepted, lagMs, now }: World): void {
  accepted
    .filter(({ invitation, at }) => channelOf(invitation) === 'email' && at + lagMs <= now)
    .forEach(({ invitation }) => make(invitation, 'reportAccepted'));
}

function answerFor(world: World, invitation: Invitation, failing: number): LookUpAnswer {
  if (channelOf(invitation) === 'email') return 'not-found';
  if (failing & (1 << invitation.slot)) return 'unknown';
  const visible = world.accepted.some(
    (message) => message.invitation === invitation && message.at + world.lagMs <= world.now,
  );
  return visible ? 'accepted' : 'not-found';
}

const channelOf = ({ slot }: Invitation): Channel => SLOTS[slot]!.channel;

const MOVES_OF_SETTLING = { sent: 'accept', resend: 'release', unconfirmed: 'doubt' } as const;

export function actOnLookUp(world: World): void {
  for (const { invitation, attemptId, answer } of world.settling ?? []) {
    const policy = world.policy[channelOf(invitation)];
    const verdict = world.rules.settle(answer, policy, invitation.attempts, true);
    if (verdict !== 'ask-again') makeHeld(world, invitation, MOVES_OF_SETTLING[verdict], attemptId);
  }
  world.settling = undefined;
}

/** As `store/invitations/generations.ts` opens them; an import that was cancelled goes on with what was opened. */
export function retry(world: World, slots: number, includeUnconfirmed: boolean): void {
  const states: InvitationState[] = [...RETRYABLE_STATES, ...(includeUnconfirmed ? ['unconfirmed' as const] : [])];
  const failed = current(world).filter(({ slot, state }) => slots & (1 << slot) && states.includes(state));
  if (failed.length === 0) return;
  for (const old of failed) {
    old.superseded = true;
    world.invitations.push(generationOf(old.slot, old.generation + 1));
  }
  if (world.cancelled) Object.assign(world, { held: false, confirmed: false, cancelled: false });
}

/** Staff are told that nothing is sent any more; a cancelled import then ends what is not sent. */
export function confirm(world: World): boolean {
  const mayBegin = current(world).some(
    ({ state, attempt }) => state === 'sending' && attempt !== undefined && attempt.claimedAt > world.now - FENCE_MS,
  );
  if (world.rules.awaitsFence && mayBegin) return false;
  world.confirmed = true;
  if (world.cancelled) endPending(world, 'cancel');
  return true;
}

export const endPending = (world: World, move: Transition): void => current(world).forEach((one) => make(one, move));

/** The person has followed the link of a message that the provider holds. */
export function join(world: World, invitation: Invitation): void {
  make(invitation, 'join');
  const { person } = SLOTS[invitation.slot]!;
  current(world)
    .filter(({ slot }) => SLOTS[slot]!.person === person)
    .forEach((one) => make(one, 'suppress'));
}
