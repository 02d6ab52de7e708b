import fc from 'fast-check';
import { make } from './pure-ledger';
import { checkInvariants, settleDown } from './invariants';
import { ANSWERS, DEADLINE_MS, FENCE_MS, LAG_MS, RULES } from './rules';
import type { Rules } from './rules';
import {
  actOnLookUp,
  answer,
  confirm,
  crash,
  createModelState,
  edges,
  endPending,
  join,
  lookUp,
  openRequests,
  retry,
  settleable,
  step,
} from './model-state';
import type { ModelState } from './model-state';

type Command = fc.Command<ModelState, undefined>;

/** An event; `happens` returns false if it cannot happen now. */
const command = (name: string, happens: (model: ModelState) => boolean | void): Command => ({
  // Only the attempt shows whether it can happen, so an event that cannot happen changes nothing.
  check: () => true,
  run(model) {
    if (happens(model) === false) return;
    checkInvariants(model);
  },
  toString: () => name,
});

const worker = fc.nat(1);
/** A bit for each invitation. */
const some = fc.integer({ min: 1, max: 7 });
const nth = fc.nat(5);
const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];

const aStep = fc
  .tuple(worker, fc.oneof({ arbitrary: fc.constant(7), weight: 3 }, some), fc.nat(9))
  .map(([who, only, luck]) =>
    command(`worker ${who} goes on (${only}${luck === 0 ? ', answer of a claim lost' : ''})`, (model) =>
      step(model, who, { only, claimLost: luck === 0 }),
    ),
  );
const anAnswer = fc
  .tuple(
    nth,
    fc.oneof({ arbitrary: fc.constantFrom(...ANSWERS), weight: 2 }, fc.constant('no reply, accepted' as const)),
  )
  .map(([n, as]) =>
    command(`provider: ${as} (${n})`, (model) => {
      const request = pick(openRequests(model), n);
      if (!request) return false;
      answer(model, request, as);
    }),
  );
const aWhile = fc
  .constantFrom(1, LAG_MS, FENCE_MS, DEADLINE_MS, RULES.settleWindowMs)
  .map((ms) => command(`${ms} ms pass`, (model) => void (model.now += ms)));
/** Faults live at the edges of the windows, where time would hardly ever stop by chance. */
const aMoment = nth.map((n) =>
  command(`time passes up to the next edge (${n})`, (model) => {
    const moment = pick(edges(model), n);
    if (moment === undefined) return false;
    model.now = moment;
  }),
);
const aCrash = worker.map((who) => command(`worker ${who} is killed`, (model) => crash(model, who)));

const aLookUp = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, some).map((failing) =>
  command(`settler looks up (not ${failing})`, (model) => {
    if (settleable(model).length === 0) return false;
    lookUp(model, failing);
  }),
);
const itsConsequence = fc.constant(
  command('settler acts on it', (model) => (model.settling ? actOnLookUp(model) : false)),
);
const itsCrash = fc.constant(command('settler is killed', (model) => void (model.settling = undefined)));

const aCallback = fc
  .tuple(nth, fc.constantFrom('reportAccepted', 'reportDelivered', 'reportBounced'))
  .map(([n, move]) =>
    command(`callback: ${move} (${n})`, (model) => {
      const message = pick(model.accepted, n);
      return message ? make(message.invitation, move) : false;
    }),
  );
const aJoining = nth.map((n) =>
  command(`link followed (${n})`, (model) => {
    const message = pick(model.accepted, n);
    if (!message) return false;
    join(model, message.invitation);
  }),
);

const aRetry = fc
  .tuple(some, fc.boolean())
  .map(([slots, unconfirmed]) =>
    command(`staff retry ${slots}${unconfirmed ? ' with unconfirmed' : ''}`, (model) =>
      retry(model, slots, unconfirmed),
    ),
  );
const aPause = fc.constant(command('staff pause', (model) => void (model.paused = true)));
const aCancellation = fc.constant(
  command('staff cancel', (model) => void Object.assign(model, { paused: true, cancelled: true })),
);
const aConfirmation = fc.constant(command('staff are told', (model) => (model.paused ? confirm(model) : false)));
const aResumption = fc.constant(
  command('staff resume', (model) =>
    model.cancelled ? false : void Object.assign(model, { paused: false, confirmed: false }),
  ),
);
const anEnd = fc.constant(command('a day is over', (model) => endPending(model, 'giveUp')));

const anything = fc.oneof(
  { arbitrary: aStep, weight: 16 },
  { arbitrary: anAnswer, weight: 8 },
  { arbitrary: aWhile, weight: 3 },
  { arbitrary: aMoment, weight: 3 },
  { arbitrary: aLookUp, weight: 3 },
  { arbitrary: itsConsequence, weight: 3 },
  { arbitrary: aCallback, weight: 2 },
  { arbitrary: aRetry, weight: 4 },
  { arbitrary: aConfirmation, weight: 2 },
  { arbitrary: fc.oneof(aCrash, itsCrash, aPause, aResumption), weight: 3 },
  { arbitrary: aJoining, weight: 2 },
  { arbitrary: fc.oneof(aCancellation, anEnd), weight: 1 },
);

const MOST_COMMANDS = 80;

/** A provider may be arbitrarily late under `never-twice`, which sends nothing again; otherwise it keeps its lag. */
const circumstances = fc.constantFrom<Pick<ModelState, 'policy' | 'lagMs'>>(
  { policy: { email: 'never-twice', sms: 'never-twice' }, lagMs: LAG_MS },
  { policy: { email: 'never-twice', sms: 'never-twice' }, lagMs: 100 * LAG_MS },
  { policy: { email: 'never-twice', sms: 'resend-after-settle' }, lagMs: LAG_MS },
  { policy: { email: 'resend-after-settle', sms: 'resend-after-settle' }, lagMs: 0 },
  { policy: { email: 'resend-after-settle', sms: 'resend-after-settle' }, lagMs: LAG_MS },
);

/**
 * Whatever happens in whatever order: the invariants hold after each step, and at rest nothing is left open. `atRest` may
 * look at what has become of it.
 */
export const everyInvitationOnce = (rules: Rules, atRest: (model: ModelState) => void = () => {}) =>
  fc.property(
    circumstances,
    fc.commands<ModelState, undefined>([anything], { maxCommands: MOST_COMMANDS, size: 'max' }),
    ({ policy, lagMs }, commands) => {
      const model = createModelState(rules, policy, lagMs);
      fc.modelRun(() => ({ model, real: undefined }), commands);
      settleDown(model);
      atRest(model);
    },
  );
