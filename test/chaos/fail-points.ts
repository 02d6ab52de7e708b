/** A place in the work of a worker: before or after a call of the store, of a sender or of a step's context. */
export interface FailPoint {
  call: string;
  when: 'before' | 'after';
  /** Only in this step. */
  step?: string;
  /** Only if the first argument of the call contains this text. */
  about?: string;
  /** Which pass, if not the first. */
  nth?: number;
}

/** The places at which a worker has done half of something. It is killed at each of them once. */
export const FAIL_POINTS = {
  'before-claim': { call: 'ledger.claim', when: 'before' },
  'after-claim': { call: 'ledger.claim', when: 'after' },
  'before-socket-write': { call: 'sender.send', when: 'before' },
  'after-accept-before-record': { call: 'sender.send', when: 'after' },
  'after-record-before-completion': { call: 'ledger.record', when: 'after', step: 'sendInvitations' },
  // The first heartbeat is at the start of a step; later ones are in the middle of its work.
  'during-heartbeat': { call: 'context.heartbeat', when: 'before', step: 'sendInvitations', nth: 3 },
  'during-reconcile': { call: 'sender.lookUp', when: 'after', step: 'settleInvitations' },
  'between-client-and-invitation': { call: 'people.create', when: 'after' },
  'mid-chunk': { call: 'ledger.claim', when: 'after', nth: 3 },
  'during-continue-as-new': { call: 'rows.outcomes', when: 'before', step: 'planImport' },
  'during-pause': { call: 'pauses.pause', when: 'after', step: 'pauseImport' },
  'in-the-status-write': { call: 'imports.close', when: 'after' },
} as const satisfies Record<string, FailPoint>;
export type FailPointName = keyof typeof FAIL_POINTS;

/** Where a worker pauses so that the test can freeze it. By SMS, because only they can be looked up and sent again. */
export const FREEZE_POINT = 'claimed-sms';

export const ALL_POINTS: Readonly<Record<string, FailPoint>> = {
  ...FAIL_POINTS,
  [FREEZE_POINT]: { call: 'ledger.claim', when: 'after', about: ':sms:' },
};

export const nthOf = (name: FailPointName): number => (FAIL_POINTS[name] as FailPoint).nth ?? 1;
