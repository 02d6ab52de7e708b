import { z } from 'zod';
import type { QuietHours } from '../../contract/sending/schedule';

const FORM = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/;

/** `20:00-08:00`, or `off`. */
export const quietHoursField = z.string().transform((text, context): QuietHours | null => {
  if (text === 'off') return null;
  const [, from, to] = FORM.exec(text) ?? [];
  if (from !== undefined && to !== undefined && from !== to) return { from, to };
  context.addIssue({ code: 'custom', message: 'Must be two times of the day, as 20:00-08:00, or off' });
  return z.NEVER;
});
