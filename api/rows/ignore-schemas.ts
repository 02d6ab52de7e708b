import { z } from 'zod';

const MOST_ROWS = 1_000;
const CONTROL_CHARACTER = /[\p{Cc}\p{Cs}]/u;

/** Why a row is put aside, in the words of staff. */
const reason = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !CONTROL_CHARACTER.test(text), 'Must be one line of text, without control characters')
  .exactOptional();

export const ignoreRowSchema = z.strictObject({ reason });

/** By line, or all that look like totals and remarks. */
export const ignoreRowsSchema = z
  .strictObject({
    rows: z.array(z.int().min(1)).min(1).max(MOST_ROWS).exactOptional(),
    suggested: z.literal(true).exactOptional(),
    reason,
  })
  .refine(({ rows, suggested }) => (rows === undefined) !== (suggested === undefined), {
    error: 'Say which: {"suggested": true} for all rows that look like totals and remarks, or {"rows": [41]}',
  });
