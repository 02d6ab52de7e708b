import type { Channel } from './invitation';

/** What an import does with one row. Each leads to the row status of the same sense. */
export const PLANNED_ACTIONS = ['create', 'update', 'unchanged', 'skip', 'wait', 'reject'] as const;
export type PlannedAction = (typeof PLANNED_ACTIONS)[number];

/** A field of a known person that a row would change. Personal data: stays in MongoDB and answers of the API. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** What becomes of one row, decided before anything is written. */
export interface RowPlan {
  action: PlannedAction;
  /** Whose address it is already; absent for a newcomer. */
  personId?: string;
  /** Only for `update`. */
  changes?: FieldChange[];
  /** On which channels the person is invited once the row is carried out; a landline gets no SMS. */
  channels: Channel[];
}
