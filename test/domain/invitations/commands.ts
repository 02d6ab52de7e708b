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
  createWorld,
  edges,
  endPending,
  join,
  lookUp,
  openRequests,
  retry,
  settleable,
  step,
} from './model-state';
import type { World } from './model-state';

type Command = fc.Command<World, undefined>;

/** Something that may happen, where `happens` can tell by returning false that it cannot happen now. */
const command = (name: string, happens: (world: World) => boolean | void): Command => ({
  // To try is the only way to tell, so a command that cannot happen is one that changes nothing.
  check: () => true,
  run(world) {
    if (happens(world) === false) return;
    checkInvariants(world);
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
    command(`worker ${who} goes on (${only}${luck === 0 ? ', answer of a claim lost' : ''})`, (world) =>
      step(world, who, { only, claimLost: luck === 0 }),
    ),
  );
const anAnswer = fc
  .tuple(
    nth,
    fc.oneof({ arbitrary: fc.constantFrom(...ANSWERS), weight: 2 }, fc.constant('no reply, accepted' as const)),
  )
  .map(([n, as]) =>
    command(`provider: ${as} (${n})`, (world) => {
      const request = pick(openRequests(world), n);
      if (!request) return false;
      answer(world, request, as);
    }),
  );
const aWhile = fc
  .constantFrom(1, LAG_MS, FENCE_MS, DEADLINE_MS, RULES.settleWindowMs)
  .map((ms) => command(`${ms} ms pass`, (world) => void (world.now += ms)));
/** Faults live at the edges of the windows, where time would hardly ever stop by chance. */
const aMoment = nth.map((n) =>
  command(`time passes up to the next edge (${n})`, (world) => {
    const moment = pick(edges(world), n);
    if (moment === undefined) return false;
    world.now = moment;
  }),
);
const aCrash = worker.map((who) => command(`worker ${who} is killed`, (world) => crash(world, who)));

const aLookUp = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, some).map((failing) =>
  command(`settler looks up (not ${failing})`, (world) => {
    if (settleable(world).length === 0) return false;
    lookUp(world, failing);
  }),
);
const itsConsequence = fc.constant(
  command('settler acts on it', (world) => (world.settling ? actOnLookUp(world) : false)),
);
const itsCrash = fc.constant(command('settler is killed', (world) => void (world.settling = undefined)));

const aCallback = fc
  .tuple(nth, fc.constantFrom('reportAccepted', 'reportDelivered', 'reportBounced'))
  .map(([n, move]) =>
    command(`callback: ${move} (${n})`, (world) => {
      const message = pick(world.accepted, n);
      return message ? make(message.invitation, move) : false;
    }),
  );
const aJoining = nth.map((n) =>
  command(`link followed (${n})`, (world) => {
    const message = pick(world.accepted, n);
    if (!message) return false;
    join(world, message.invitation);
  }),
);

const aRetry = fc
  .tuple(some, fc.boolean())
  .map(([slots, unconfirmed]) =>
    command(`staff retry ${slots}${unconfirmed ? ' with unconfirmed' : ''}`, (world) =>
      retry(world, slots, unconfirmed),
    ),
  );
const aPause = fc.constant(command('staff pause', (world) => void (world.held = true)));
const aCancellation = fc.constant(
  command('staff cancel', (world) => void Object.assign(world, { held: true, cancelled: true })),
);
const aConfirmation = fc.constant(command('staff are told', (world) => (world.held ? confirm(world) : false)));
const aResumption = fc.constant(
  command('staff resume', (world) =>
    world.cancelled ? false : void Object.assign(world, { held: false, confirmed: false }),
  ),
);
const anEnd = fc.constant(command('a day is over', (world) => endPending(world, 'giveUp')));

const anything = fc.oneof(
  { arbitrary: aStep, weight: 16 },
  { arbitrary: anAnswer, weight: 8 },
  { arbitrary: aWhile, weight: 3 },
  { arbitrary: aMoment, weight: 3 },
  { arbitrary: aLookUp, weight: 3 },
  { arbitrary: itsConsequence, weight: 3 },
  { arbitrary: aCallback, weight: 2 },
  { arbitrary: aRetry, weight: 2 },
  { arbitrary: aConfirmation, weight: 2 },
  { arbitrary: fc.oneof(aCrash, itsCrash, aPause, aResumption), weight: 3 },
  { arbitrary: fc.oneof(aCancellation, aJoining, anEnd), weight: 1 },
);

const MOST_COMMANDS = 80;

/** A provider may be as late as it likes where nothing is sent twice anyway; else no later than we are told. */
const circumstances = fc.constantFrom<Pick<World, 'policy' | 'lagMs'>>(
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
export const everyInvitationOnce = (rules: Rules, atRest: (world: World) => void = () => {}) =>
  fc.property(
    circumstances,
    fc.commands<World, undefined>([anything], { maxCommands: MOST_COMMANDS, size: 'max' }),
    ({ policy, lagMs }, commands) => {
      const world = createWorld(rules, policy, lagMs);
      fc.modelRun(() => ({ model: world, real: undefined }), commands);
      settleDown(world);
      atRest(world);
    },
  );
