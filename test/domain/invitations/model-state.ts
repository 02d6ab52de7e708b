import { RETRYABLE_STATES } from '../../../contract/invitation';
import type { Channel, InvitationState } from '../../../contract/invitation';
import type { Transition } from '../../../domain/invitations/transitions';
import type { LookUpAnswer, SettlePolicy } from '../../../domain/invitations/settle';
import { Deadline } from '../../../platform/deadline';
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

/** A person with two channels, and a person with one. */
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
  | { at: 'looked'; deadline: Deadline; found: Invitation[] }
  | { at: 'claimed'; deadline: Deadline; attemptId: string; mine: Invitation[] }
  | { at: 'free to send'; deadline: Deadline; attemptId: string; mine: Invitation[] }
  | { at: 'sent'; attemptId: string; requests: Request[] }
  | { at: 'releasing'; attemptId: string; mine: Invitation[] };

interface Asked {
  invitation: Invitation;
  attemptId: string;
  answer: LookUpAnswer;
}

export interface ModelState {
  rules: Rules;
  policy: Record<Channel, SettlePolicy>;
  /** After which an accepted message is visible at the provider, or has been reported by it at the latest. */
  lagMs: number;
  now: number;
  invitations: Invitation[];
  workers: Work[];
  /** Answers of look-ups that the settler has not acted on yet. */
  settling: Asked[] | undefined;
  requests: Request[];
  /** What the provider holds, in the order in which it was accepted. */
  accepted: { invitation: Invitation; at: number }[];
  /** By staff, or because the provider stopped the account; `confirmed` once staff were told that nothing is sent. */
  paused: boolean;
  confirmed: boolean;
  cancelled: boolean;
  /** Violations that were seen. */
  faults: string[];
  attempts: number;
}

export function createModelState(rules: Rules, policy: ModelState['policy'], lagMs: number): ModelState {
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
    paused: false,
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

export const current = ({ invitations }: ModelState): Invitation[] =>
  invitations.filter(({ superseded }) => !superseded);
export const holding = ({ accepted }: ModelState, one: Invitation): number =>
  accepted.filter(({ invitation }) => invitation === one).length;

/** Where the provider could still do something with a request. */
export const openRequests = ({ requests, now }: ModelState): Request[] =>
  requests.filter(({ begunAt, answer }) => answer === undefined && now <= begunAt + DEADLINE_MS);

/** Moments to come after which something can be done no more, or can be done at last. */
export function edges(model: ModelState): number[] {
  const fences = model.workers.flatMap((work) =>
    'deadline' in work ? [model.now + work.deadline.remaining() - 1] : [],
  );
  const deadlines = openRequests(model).map(({ begunAt }) => begunAt + DEADLINE_MS);
  const windows = current(model).flatMap(({ state, attempt }) =>
    state === 'sending' && attempt ? [attempt.claimedAt + model.rules.settleWindowMs] : [],
  );
  return [...fences, ...deadlines, ...windows].filter((moment) => moment > model.now);
}

const makeClaimed = ({ rules }: ModelState, one: Invitation, move: Transition, attemptId: string): boolean =>
  make(one, move, rules.holders ? attemptId : undefined);

/** Makes the next step of a worker, like `activities/sending/send-batch.ts`. Returns whether there was one to make. */
export function step(model: ModelState, worker: number, choice: { only: number; claimLost: boolean }): boolean {
  const work = model.workers[worker]!;
  const next = nextOf(model, work, choice);
  if (next) model.workers[worker] = next;
  return next !== undefined;
}

function nextOf(model: ModelState, work: Work, choice: { only: number; claimLost: boolean }): Work | undefined {
  const { rules, now } = model;
  const clock = () => model.now;
  switch (work.at) {
    case 'idle': {
      const found = current(model).filter(({ state, slot }) => state === 'pending' && choice.only & (1 << slot));
      return found.length > 0
        ? { at: 'looked', deadline: new Deadline(FENCE_MS, { monotonic: clock, wall: clock }), found }
        : undefined;
    }
    case 'looked': {
      const attemptId = `attempt ${++model.attempts}`;
      const got = work.found.filter((one) => claim(one, attemptId, now));
      if (choice.claimLost) return { at: 'releasing', attemptId, mine: work.found };
      return { at: 'claimed', deadline: work.deadline, attemptId, mine: rules.claims ? got : work.found };
    }
    case 'claimed':
      if (model.paused && rules.looksForPauses) return { at: 'releasing', attemptId: work.attemptId, mine: work.mine };
      return { ...work, at: 'free to send' };
    case 'free to send':
      if (rules.isExpired(work.deadline)) {
        return { at: 'releasing', attemptId: work.attemptId, mine: work.mine };
      }
      return { at: 'sent', attemptId: work.attemptId, requests: work.mine.map((one) => begin(model, one)) };
    case 'sent': {
      const waits = work.requests.some(({ begunAt, answer }) => answer === undefined && now < begunAt + DEADLINE_MS);
      if (waits) return undefined;
      for (const { invitation, answer } of work.requests) {
        const move = answer && rules.moveAfter(answer);
        if (move) makeClaimed(model, invitation, move, work.attemptId);
        if (answer === 'stopped') model.paused = true;
      }
      return { at: 'idle' };
    }
    case 'releasing':
      for (const one of work.mine) makeClaimed(model, one, 'release', work.attemptId);
      return { at: 'idle' };
  }
}

function begin(model: ModelState, invitation: Invitation): Request {
  if (model.confirmed) model.faults.push(`${invitation.id} was sent after a pause or a cancellation was confirmed`);
  const request = { invitation, begunAt: model.now };
  model.requests.push(request);
  return request;
}

export function crash(model: ModelState, worker: number): void {
  model.workers[worker] = { at: 'idle' };
}

/** The provider does something with a request. */
export function answer(model: ModelState, request: Request, as: Answer): void {
  request.answer = as;
  if (as.endsWith('accepted')) model.accepted.push({ invitation: request.invitation, at: model.now });
}

/** What is in doubt for long enough, as `activities/sending/settle-invitations.ts` looks it up. */
export const settleable = (model: ModelState): Invitation[] =>
  current(model).filter(
    ({ state, attempt }) =>
      state === 'sending' && attempt !== undefined && attempt.claimedAt <= model.now - model.rules.settleWindowMs,
  );

/** `failing` has a bit for each slot that the provider cannot be asked about now. */
export function lookUp(model: ModelState, failing: number): void {
  if (model.policy.email === 'resend-after-settle' && model.rules.awaitsReports) reportMails(model);
  model.settling = settleable(model).map((invitation) => ({
    invitation,
    attemptId: invitation.attempt!.id,
    answer: answerFor(model, invitation, failing),
  }));
}

/** A provider of e-mails cannot be asked. Where one in doubt is sent again, its reports have come within the lag. */
function reportMails({ accepted, lagMs, now }: ModelState): void {
  accepted
    .filter(({ invitation, at }) => channelOf(invitation) === 'email' && at + lagMs <= now)
    .forEach(({ invitation }) => make(invitation, 'reportAccepted'));
}

function answerFor(model: ModelState, invitation: Invitation, failing: number): LookUpAnswer {
  if (channelOf(invitation) === 'email') return 'not-found';
  if (failing & (1 << invitation.slot)) return 'unknown';
  const visible = model.accepted.some(
    (message) => message.invitation === invitation && message.at + model.lagMs <= model.now,
  );
  return visible ? 'accepted' : 'not-found';
}

const channelOf = ({ slot }: Invitation): Channel => SLOTS[slot]!.channel;

const MOVES_OF_SETTLING = { sent: 'accept', resend: 'release', unconfirmed: 'doubt' } as const;

export function actOnLookUp(model: ModelState): void {
  for (const { invitation, attemptId, answer } of model.settling ?? []) {
    const policy = model.policy[channelOf(invitation)];
    const verdict = model.rules.settle(answer, policy, invitation.attempts, true);
    if (verdict !== 'ask-again') makeClaimed(model, invitation, MOVES_OF_SETTLING[verdict], attemptId);
  }
  model.settling = undefined;
}

/** As `store/invitations/generations.ts` opens them; an import that was cancelled goes on with what was opened. */
export function retry(model: ModelState, slots: number, includeUnconfirmed: boolean): void {
  const states: InvitationState[] = [...RETRYABLE_STATES, ...(includeUnconfirmed ? ['unconfirmed' as const] : [])];
  const failed = current(model).filter(({ slot, state }) => slots & (1 << slot) && states.includes(state));
  if (failed.length === 0) return;
  for (const old of failed) {
    old.superseded = true;
    model.invitations.push(generationOf(old.slot, old.generation + 1));
  }
  if (model.cancelled) Object.assign(model, { paused: false, confirmed: false, cancelled: false });
}

/** Staff are told that nothing is sent any more; a cancelled import then ends what is not sent. */
export function confirm(model: ModelState): boolean {
  const mayBegin = current(model).some(
    ({ state, attempt }) => state === 'sending' && attempt !== undefined && attempt.claimedAt > model.now - FENCE_MS,
  );
  if (model.rules.awaitsFence && mayBegin) return false;
  model.confirmed = true;
  if (model.cancelled) endPending(model, 'cancel');
  return true;
}

export const endPending = (model: ModelState, move: Transition): void =>
  current(model).forEach((one) => make(one, move));

/** The person has followed the link of a message that the provider holds. */
export function join(model: ModelState, invitation: Invitation): void {
  make(invitation, 'join');
  const { person } = SLOTS[invitation.slot]!;
  current(model)
    .filter(({ slot }) => SLOTS[slot]!.person === person)
    .forEach((one) => make(one, 'suppress'));
}
