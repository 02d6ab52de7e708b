import type { OptOutFields } from '../invitations/opt-outs';
import type { PersonValues } from '../person';

/** The value of one field of a person that a row of an import has replaced. Kept with the person, and erased with them. */
export interface OverwrittenField<F extends keyof PersonValues = keyof PersonValues> {
  importId: string;
  row: number;
  field: F;
  before: PersonValues[F];
  after: PersonValues[F];
  /** With a mobile: the opt-outs by SMS of the former number, which do not apply to the new one. */
  optOuts?: OptOutFields;
}

/** How many are kept of one person, the newest; the imports of older ones are not undone. */
export const OVERWRITTEN_KEPT = 60;
