import type { z } from 'zod';
import type { SettingNotes } from './fields';
import { SECTIONS } from './schema';

/** What is said of a setting. */
export const notesOf = (field: z.ZodType): SettingNotes => field.meta() as unknown as SettingNotes;

/** The names of all secrets, each of which may be in a file. */
export const SECRET_NAMES: readonly string[] = SECTIONS.flatMap(({ settings }) =>
  Object.entries(settings).flatMap(([name, field]) => (notesOf(field).secret ? [name] : [])),
);
