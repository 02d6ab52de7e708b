import { z } from 'zod';

/** What is said of a setting besides its rule. */
export interface SettingNotes {
  /** One sentence for `.env.example` and the docs, with the unit. */
  description: string;
  /** The default as it is written in an environment; absent for none. */
  fallback?: string;
  /** Never printed. Its value may also be in a file, named by the setting with `_FILE` behind it. */
  secret?: true;
}

const blankAsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);

const noted = <Field extends z.ZodType>(field: Field, description: string, fallback?: string | number) =>
  z
    .preprocess(blankAsAbsent, field)
    .meta({ description, ...(fallback !== undefined && { fallback: String(fallback) }) } satisfies SettingNotes);

export const text = (fallback: string, description: string) =>
  noted(z.string().default(fallback), description, fallback);
export const optional = (description: string) => noted(z.string().optional(), description);
export const url = (fallback: string, description: string) => noted(z.url().default(fallback), description, fallback);
export const optionalUrl = (description: string) => noted(z.url().optional(), description);
export const choice = <const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  fallback: Choices[number],
  description: string,
) => noted(z.enum(choices).default(fallback as never), description, fallback);

/** A whole number; `[min, max]` are allowed, too. */
export const whole = (fallback: number, description: string, [min, max] = [1, Number.MAX_SAFE_INTEGER]) =>
  noted(z.coerce.number().int().min(min).max(max).default(fallback), description, fallback);
export const port = (fallback: number, description: string) => whole(fallback, description, [0, 65_535]);
export const optionalWhole = (description: string, max = Number.MAX_SAFE_INTEGER) =>
  noted(z.coerce.number().int().min(1).max(max).optional(), description);
export const perSecond = (description: string) => noted(z.coerce.number().positive().optional(), description);

const SECRET = { secret: true } as const;
export const secret = (description: string) =>
  z.preprocess(blankAsAbsent, z.string().optional()).meta({ description, ...SECRET } satisfies SettingNotes);
/** A text with a default that may hold a password. */
export const secretText = (fallback: string, description: string) =>
  z
    .preprocess(blankAsAbsent, z.string().default(fallback))
    .meta({ description, fallback, ...SECRET } satisfies SettingNotes);

/** A setting whose form has a reader of its own. */
export const parsed = <Field extends z.ZodType>(field: Field, description: string, fallback: string) =>
  z
    .preprocess((value) => blankAsAbsent(value) ?? fallback, field)
    .meta({ description, fallback } satisfies SettingNotes);
export const optionalParsed = <Field extends z.ZodType>(field: Field, description: string) =>
  noted(field.optional(), description);
