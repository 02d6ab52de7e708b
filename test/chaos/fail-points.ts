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

export const ALL_POINTS: Readonly<Record<string, FailPoint>> = {
  ...FAIL_POINTS,
  [FREEZE_POINT]: { call: 'firstSends.claim', when: 'after', about: '"sms"' },
};

export const nthOf = (name: FailPointName): number => (FAIL_POINTS[name] as FailPoint).nth ?? 1;
