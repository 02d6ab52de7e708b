import { z } from 'zod';
import { ON_EXISTING } from '../../contract/import';

/** Ids and names as they come in: what they mean is looked up, so all that matters here is that they are short. */
const reference = z.string().min(1).max(400);
const page = {
  after: reference.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

export const pageSchema = z.strictObject(page);

export const listPeopleSchema = z.strictObject({
  ...page,
  /** By id or name. */
  team: reference.optional(),
  active: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});

/** Each by id or address. */
const staff = z.array(reference).min(1, 'A client team needs at least one staff member').max(500);

export const newTeamSchema = z.strictObject({ name: z.string(), staff });
export const renameTeamSchema = z.strictObject({ name: z.string() });
export const joinTeamSchema = z.strictObject({ staff });

/** A zero byte, or half of a character that takes two places. */
const NO_TEXT = /[\0\p{Cs}]/u;
/** Whatever could stand in a cell of a file: what is allowed in it is for the checks to say, as for a file. */
export const cell = z
  .string()
  .max(10_000)
  .refine((text) => !NO_TEXT.test(text), 'Holds a zero byte or half a character, which no file can');
const person = { firstName: cell, lastName: cell, email: cell, mobile: cell };
const options = { onExisting: z.enum(ON_EXISTING).exactOptional(), strict: z.boolean().exactOptional() };

/** A row of nothing is no row: a file that holds no other is refused as empty. */
const isSomebody = (values: Record<keyof typeof person, string>): boolean =>
  [values.firstName, values.lastName, values.email, values.mobile].some((value) => value.trim() !== '');
const NOBODY = 'Fill in firstName, lastName, email and mobile';

export const clientByHandSchema = z
  .strictObject({ ...person, company: cell.exactOptional(), team: cell.exactOptional(), ...options })
  .refine(isSomebody, NOBODY);

export const staffByHandSchema = z
  .strictObject({ ...person, role: cell, teams: z.array(cell).max(100).exactOptional(), ...options })
  .refine(isSomebody, NOBODY);
