import { z } from 'zod';
import { ON_EXISTING } from '../../contract/import';
import { INVITED } from '../../contract/invitation';
import { pageLimit } from '../http/parse';
import { channel, moment } from '../schemas/common';

/** Ids, names and addresses. A look-up decides about them, so the schema limits only their length. */
const reference = z.string().min(1).max(400);
const page = {
  after: reference.optional(),
  limit: pageLimit(100),
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
  invitation: z.enum(INVITED).optional().meta({
    description:
      'Only people whose invitation came so far: `accepted`, else `delivered` on some channel, else `pending` on one, else `bounced`, which includes failed ones.',
  }),
  optedOut: channel.optional().meta({ description: 'Only people who want no messages on this channel.' }),
  since: moment.optional().meta({ description: 'Only people who were created then or later.' }),
  until: moment.optional().meta({ description: 'Only people who were created before.' }),
});

/** Each by id or address. */
const staff = z.array(reference).min(1, 'A client team needs at least one staff member').max(500);

export const renameTeamSchema = z.strictObject({ name: z.string() });
export const joinTeamSchema = z.strictObject({ staff });

/** A zero byte, or half of a surrogate pair. */
const INVALID_TEXT = /[\0\p{Cs}]/u;
/** Any text that a cell of a file could contain; the checks of files decide whether it is valid. */
export const cell = z
  .string()
  .max(10_000)
  .refine((text) => !INVALID_TEXT.test(text), 'Contains a zero byte or half a character');
const person = { firstName: cell, lastName: cell, email: cell, mobile: cell };

/** Existing staff, a new staff member, or both. */
export const newTeamSchema = z
  .strictObject({
    name: z.string(),
    staff: staff.exactOptional(),
    firstStaff: z
      .strictObject({ ...person, role: cell })
      .exactOptional()
      .meta({ description: 'A new staff member, written as in a staff file. They are invited.' }),
  })
  .refine(({ staff: existing, firstStaff }) => existing !== undefined || firstStaff !== undefined, {
    path: ['staff'],
    message: 'A client team needs at least one staff member: name existing ones here, or a new one as firstStaff',
  });

const options = { onExisting: z.enum(ON_EXISTING).exactOptional(), strict: z.boolean().exactOptional() };

/** A file with a blank row only would be rejected as empty. */
const isFilledIn = (values: Record<keyof typeof person, string>): boolean =>
  [values.firstName, values.lastName, values.email, values.mobile].some((value) => value.trim() !== '');
const NOT_FILLED_IN = 'Fill in firstName, lastName, email and mobile';

export const clientByHandSchema = z
  .strictObject({ ...person, company: cell.exactOptional(), team: cell.exactOptional(), ...options })
  .refine(isFilledIn, NOT_FILLED_IN);

export const staffByHandSchema = z
  .strictObject({ ...person, role: cell, teams: z.array(cell).max(100).exactOptional(), ...options })
  .refine(isFilledIn, NOT_FILLED_IN);
