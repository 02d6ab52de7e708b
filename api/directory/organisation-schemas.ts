import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { LONGEST_REMINDER_HOURS, MOST_REMINDERS } from '../../contract/reminders';
import { checkHeaderAliases } from '../../domain/reading/header/check-header-aliases';

const MAX_ALIASES = 20;
const MAX_DAYS = 365;

const CONTROL = /[\p{Cc}\p{Cs}]/u;
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL.test(text), 'One line of text, without control characters');

const days = z.int().min(1).max(MAX_DAYS);
const aliases = z.array(line(100)).max(MAX_ALIASES).exactOptional();

/** A change of the settings: what is not named stays. */
export const organisationChangeSchema = z.strictObject({
  name: line(100).min(1).exactOptional(),
  defaultCountry: z
    .string()
    .toUpperCase()
    .refine(isSupportedCountry, 'A country by its two letters, such as GB, or null')
    .nullable()
    .exactOptional(),
  /** By id or name. */
  defaultTeam: z.string().min(1).max(400).nullable().exactOptional(),
  channels: z
    .array(z.enum(CHANNELS))
    .min(1, 'At least one of email and sms: without a channel nobody could be invited')
    .max(CHANNELS.length)
    .transform((chosen) => CHANNELS.filter((channel) => chosen.includes(channel)))
    .exactOptional(),
  strict: z.boolean().exactOptional(),
  waitingDays: days.exactOptional(),
  invitationDays: days.exactOptional(),
  reminders: z
    .strictObject({
      everyHours: z.int().min(1).max(LONGEST_REMINDER_HOURS),
      atMost: z.int().min(0).max(MOST_REMINDERS),
    })
    .exactOptional(),
  headerAliases: z
    .strictObject({
      firstName: aliases,
      lastName: aliases,
      email: aliases,
      mobile: aliases,
      role: aliases,
      company: aliases,
      group: aliases,
      teams: aliases,
    })
    .superRefine((given, context) => {
      for (const { key, index, message } of checkHeaderAliases(given)) {
        context.addIssue({ code: 'custom', path: [key, index], message });
      }
    })
    .exactOptional(),
});
export type OrganisationRequest = z.infer<typeof organisationChangeSchema>;
