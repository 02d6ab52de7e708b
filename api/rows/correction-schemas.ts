import { z } from 'zod';
import { cell } from '../directory/people-schemas';

export const lineSchema = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number);

const typed = cell.exactOptional();
const person = { firstName: typed, lastName: typed, email: typed, mobile: typed, role: typed };

/** The cells of a row as somebody types them anew; what is left out stays as it is. */
export const correctionSchemas = {
  clients: z.strictObject({ ...person, company: typed, group: typed }),
  staff: z.strictObject({ ...person, teams: typed }),
};
