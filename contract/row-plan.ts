import type { Channel } from './invitation';

/** The action of an import on one row. Each leads to the row status with the corresponding name. */
export const PLANNED_ACTIONS = ['create', 'update', 'unchanged', 'skip', 'ignore', 'wait', 'reject'] as const;
export type PlannedAction = (typeof PLANNED_ACTIONS)[number];

/** A field of a known person that a row would change. Personal data: stays in MongoDB and answers of the API. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** The plan for one row, decided before anything is written. */
export interface RowPlan {
  action: PlannedAction;
  /** The known person with its address; absent for a new person. */
  personId?: string;
  /** Only for `update`, and for `wait` where the row also changes a known person. */
  changes?: FieldChange[];
  /** The channels on which the person is invited once the row is applied; a landline gets no SMS. */
  channels: Channel[];
}

/** The plans of all rows of an import, counted. */
export interface PlanTotals {
  actions: Record<PlannedAction, number>;
  messages: Record<Channel, number>;
  /** SMS are paid for by the segment. */
  smsSegments: number;
  /** Of these, what is sent at first, where one channel is tried before the other; absent where both are used at once. */
  atFirst?: { messages: Record<Channel, number>; smsSegments: number };
}
