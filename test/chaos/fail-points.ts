/** A place in the work of a worker: before or after a call of the store, of a sender or of a step's context. */
export interface FailPoint {
  call: string;
  when: 'before' | 'after';
  /** Only in this step. */
  step?: string;
  /** Only if the arguments of the call contain this text. */
  about?: string;
  /** Which pass, if not the first. */
  nth?: number;
}

/** The places at which a worker has done half of something. It is killed at each of them once. */
export const FAIL_POINTS = {
  'before-claim': { call: 'firstSends.claim', when: 'before' },
  'after-claim': { call: 'firstSends.claim', when: 'after' },
  'before-socket-write': { call: 'sender.send', when: 'before' },
  'after-accept-before-record': { call: 'sender.send', when: 'after' },
  'after-record-before-completion': { call: 'firstSends.add', when: 'after' },
  // The first heartbeat is a second after the start of a step, in the middle of its work.
  'during-heartbeat': { call: 'context.heartbeat', when: 'before', step: 'importRows' },
  'during-reconcile': { call: 'sender.lookUp', when: 'after', step: 'settleInvitations' },
  'between-client-and-invitation': { call: 'people.create', when: 'after' },
  'mid-chunk': { call: 'firstSends.claim', when: 'after', nth: 3 },
  'during-continue-as-new': { call: 'snapshots.find', when: 'before', step: 'planImport' },
  'during-pause': { call: 'pauses.pause', when: 'after', step: 'pauseImport' },
  'in-the-status-write': { call: 'imports.close', when: 'after' },
} as const satisfies Record<string, FailPoint>;
export type FailPointName = keyof typeof FAIL_POINTS;

/** Where a worker pauses so that the test can freeze it. By SMS, because only they can be looked up and sent again. */
export const FREEZE_POINT = 'claimed-sms';

/** Where something other than an import that sends is half done. */
export const HALF_DONE_POINTS = {
  'one-transaction-undone': { call: 'undo.next', when: 'after' },
  'notice-unclaimed': { call: 'notices.claim', when: 'before' },
  'notice-claimed': { call: 'notices.claim', when: 'after' },
  'notice-sent': { call: 'notices.end', when: 'before' },
  'before-the-person': { call: 'people.create', when: 'before' },
  'after-the-person': { call: 'people.create', when: 'after' },
} as const satisfies Record<string, FailPoint>;
export type HalfDonePoint = keyof typeof HALF_DONE_POINTS;

export const ALL_POINTS: Readonly<Record<string, FailPoint>> = {
  ...FAIL_POINTS,
  ...HALF_DONE_POINTS,
  [FREEZE_POINT]: { call: 'firstSends.claim', when: 'after', about: '"sms"' },
};

export const nthOf = (name: FailPointName): number => (FAIL_POINTS[name] as FailPoint).nth ?? 1;
