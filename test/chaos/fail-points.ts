/** A place in the work of a worker, named by the call of a store, a sender or a step's context that it lies beside. */
export interface FailPoint {
  call: string;
  when: 'before' | 'after';
  /** Only in this step. */
  step?: string;
  /** Only where the first thing that the call is given has this in it. */
  about?: string;
  /** At which pass, where the first one is not the one meant. */
  nth?: number;
}

/** Where a worker is killed, once at each: the places at which half of something is done. */
export const FAIL_POINTS = {
  'before-claim': { call: 'ledger.claim', when: 'before' },
  'after-claim': { call: 'ledger.claim', when: 'after' },
  'before-socket-write': { call: 'sender.send', when: 'before' },
  'after-accept-before-record': { call: 'sender.send', when: 'after' },
  'after-record-before-completion': { call: 'ledger.record', when: 'after', step: 'sendInvitations' },
  // The first heartbeat of a step is its very beginning; the later ones fall in the middle of its work.
  'during-heartbeat': { call: 'context.heartbeat', when: 'before', step: 'sendInvitations', nth: 3 },
  'during-reconcile': { call: 'sender.lookUp', when: 'after', step: 'settleInvitations' },
  'between-client-and-invitation': { call: 'people.create', when: 'after' },
  'mid-chunk': { call: 'ledger.claim', when: 'after', nth: 3 },
  'during-continue-as-new': { call: 'snapshots.find', when: 'before', step: 'planImport' },
  'during-pause': { call: 'pausedBy.hold', when: 'after', step: 'pauseImport' },
  'in-the-status-write': { call: 'imports.close', when: 'after' },
} as const satisfies Record<string, FailPoint>;
export type FailPointName = keyof typeof FAIL_POINTS;

/** Where a worker can be held up so that the test has time to freeze it: SMS, since only they can be looked up and sent again. */
export const FREEZE_POINT = 'claimed-sms';

export const ALL_POINTS: Readonly<Record<string, FailPoint>> = {
  ...FAIL_POINTS,
  [FREEZE_POINT]: { call: 'ledger.claim', when: 'after', about: ':sms:' },
};

export const nthOf = (name: FailPointName): number => (FAIL_POINTS[name] as FailPoint).nth ?? 1;
