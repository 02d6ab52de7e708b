import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { LONGEST_FAILOVER_HOURS } from '../../contract/sending/failover';
import { LONGEST_REMINDER_HOURS, MOST_REMINDERS } from '../../contract/sending/reminders';
import { parseEmail } from '../../domain/checking/cells/check-email';
import { languageNamed } from '../../domain/message-texts/language-names';
import { isCurrency } from '../../domain/message-texts/sms-cost';
import { checkHeaderAliases } from '../../domain/reading/header/check-header-aliases';
import { MAX_ALIASES } from '../../domain/reading/header/keep-mapping';
import { isTimeZone, TIME_OF_DAY } from '../../domain/sending-times/quiet-hours';
import { ALL_ROLES, SYSTEM_ADMINISTRATOR } from '../http/authenticate';
import { defineRoute, json, jsonOf } from '../routing/route';
import { spreadField, spreadOf } from '../schedules/schedule-fields';
import { noticeAddress, organisation, organisationExample } from './directory-schemas';

const MAX_DAYS = 365;
/** Of any currency; a yen is a small part of a pound. */
const MOST_PER_SEGMENT = 100_000;

const CONTROL_CHARACTER = /[\p{Cc}\p{Cs}]/u;
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL_CHARACTER.test(text), 'Must be one line of text, without control characters');

const days = z.int().min(1).max(MAX_DAYS);
const aliases = z.array(line(100)).max(MAX_ALIASES).exactOptional();

const timeOfDay = z.string().regex(TIME_OF_DAY, 'Must be a time of day, such as 08:00');
const quietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, 'Must not begin and end at the same time');

const sending = z.strictObject({
  at: z
    .union(
      [
        z.strictObject({
          time: timeOfDay,
          timeZone: z.string().refine(isTimeZone, 'Must be a time zone, such as Europe/London'),
        }),
        z.literal('when-applied'),
      ],
      { error: 'Must be a time and its time zone, when-applied, or null' },
    )
    .nullable(),
  spread: spreadField.transform(spreadOf).nullable(),
});

/** Absent settings stay as they are. */
const organisationChangeSchema = z.strictObject({
  name: line(100).min(1).exactOptional(),
  defaultCountry: z
    .string()
    .toUpperCase()
    .refine(isSupportedCountry, 'Must be the two letters of a country, such as GB, or null')
    .nullable()
    .exactOptional(),
  /** By id or name. */
  defaultTeam: z.string().min(1).max(400).nullable().exactOptional(),
  channels: z
    .array(z.enum(CHANNELS))
    .min(1, 'Must contain email, sms or both: an invitation needs a channel')
    .max(CHANNELS.length)
    .transform((channels) => CHANNELS.filter((channel) => channels.includes(channel)))
    .exactOptional(),
  failover: z
    .strictObject({ first: z.enum(CHANNELS), afterHours: z.int().min(1).max(LONGEST_FAILOVER_HOURS) })
    .nullable()
    .exactOptional()
    .meta({ description: 'The channel that is tried first, and how long; `null` for both at once.' }),
  strict: z.boolean().exactOptional(),
  waitingDays: days.exactOptional(),
  invitationDays: days.exactOptional(),
  reminders: z
    .strictObject({
      everyHours: z.int().min(1).max(LONGEST_REMINDER_HOURS),
      atMost: z.int().min(0).max(MOST_REMINDERS),
    })
    .exactOptional(),
  quietHours: z
    .strictObject({ sms: quietHours.nullable().exactOptional(), email: quietHours.nullable().exactOptional() })
    .exactOptional()
    .meta({ description: 'By channel; `null` for none, and an absent one is as the installation has it.' }),
  sending: sending.exactOptional(),
  notify: noticeAddress.nullable().exactOptional(),
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
      language: aliases,
    })
    .superRefine((headerAliases, context) => {
      for (const { key, index, message } of checkHeaderAliases(headerAliases)) {
        context.addIssue({ code: 'custom', path: [key, index], message });
      }
    })
    .exactOptional(),
  /** BCP 47. */
  language: z
    .string()
    .transform((typed, context) => {
      const language = languageNamed(typed.trim());
      if (language !== undefined) return language;
      context.addIssue({ code: 'custom', message: 'Must be a language tag, such as de or fr-CH (BCP 47)' });
      return z.NEVER;
    })
    .exactOptional(),
  senderName: line(100)
    .min(1)
    .refine((name) => !/[<>"@\u2028\u2029]/.test(name), 'Must be a name alone, without an address or < > " @')
    .nullable()
    .exactOptional(),
  replyTo: z
    .string()
    .trim()
    .transform((typed, context) => {
      const address = parseEmail(typed)?.address;
      if (address === typed) return address;
      context.addIssue({ code: 'custom', message: 'Must be one e-mail address, such as team@example.com' });
      return z.NEVER;
    })
    .nullable()
    .exactOptional(),
  /** By the contract with the provider. Set both together. */
  smsPrice: z
    .strictObject({
      perSegment: z.number().positive().max(MOST_PER_SEGMENT),
      currency: z
        .string()
        .toUpperCase()
        .refine(isCurrency, 'Must be the three letters of a currency, such as EUR (ISO 4217)'),
    })
    .nullable()
    .exactOptional(),
});

const answers = { 200: json('The settings and limits.', organisation, organisationExample) };

export const getOrganisation = defineRoute({
  method: 'get',
  path: '/v1/organisation',
  operationId: 'getOrganisation',
  summary: 'Get the settings of the organisation',
  tag: 'Organisation',
  access: ALL_ROLES,
  answers,
});
export const changeOrganisation = defineRoute({
  method: 'patch',
  path: '/v1/organisation',
  operationId: 'changeOrganisation',
  summary: 'Change settings; absent ones stay as they are',
  tag: 'Organisation',
  access: SYSTEM_ADMINISTRATOR,
  body: jsonOf(organisationChangeSchema, { defaultTeam: 'Mayfair', invitationDays: 14 }),
  answers,
  problems: ['team-unknown', 'no-delivery-reports'],
});
