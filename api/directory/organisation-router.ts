import { Router } from 'express';
import type { Request, Response } from 'express';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { LONGEST_REMINDER_HOURS, MOST_REMINDERS } from '../../contract/reminders';
import { checkHeaderAliases } from '../../domain/reading/header/check-header-aliases';
import type { OrganisationChange } from '../../store/people/organisations';
import type { AppDeps } from '../app-deps';
import { allowAllRoles, allowSystemAdministrator, callerOf } from '../http/authenticate';
import { findTeam, unknownTeam } from './teams';
import { notFound } from '../http/http-problem';
import { jsonBody, parse } from '../http/parse';
import { MAX_ALIASES } from '../imports/keep-mapping';

const MAX_DAYS = 365;

const CONTROL_CHARACTER = /[\p{Cc}\p{Cs}]/u;
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL_CHARACTER.test(text), 'Must be one line of text, without control characters');

const days = z.int().min(1).max(MAX_DAYS);
const aliases = z.array(line(100)).max(MAX_ALIASES).exactOptional();

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
    .superRefine((headerAliases, context) => {
      for (const { key, index, message } of checkHeaderAliases(headerAliases)) {
        context.addIssue({ code: 'custom', path: [key, index], message });
      }
    })
    .exactOptional(),
});

/** The settings of an organisation, and the limits of the installation. */
export function createOrganisationRouter({
  store,
  config,
  outbox,
}: Pick<AppDeps, 'store' | 'config' | 'outbox'>): Router {
  const router = Router();

  async function answer(request: Request, response: Response): Promise<void> {
    const { organisationId } = callerOf(request);
    const organisation = await store.organisations.find(organisationId);
    if (!organisation) throw notFound('organisation', organisationId);
    const { _id, defaultTeamId, name, defaultCountry, channels, strict, waitingDays, invitationDays } = organisation;
    const team = defaultTeamId === null ? null : await store.teams.find(organisationId, defaultTeamId);
    response.json({
      id: _id,
      name,
      defaultCountry,
      defaultTeam: team && { id: team.id, name: team.name },
      channels,
      strict,
      waitingDays,
      invitationDays,
      reminders: organisation.reminders,
      headerAliases: organisation.headerAliases,
      limits: {
        rowsPerFile: config.maxRows,
        bytesPerFile: config.upload.maxBytes,
        filesPerUpload: config.upload.maxFiles,
      },
    });
  }

  router.get('/', allowAllRoles, answer);

  router.patch('/', allowSystemAdministrator, jsonBody, async (request, response) => {
    await changeSettings(callerOf(request).organisationId, parse(organisationChangeSchema, request.body ?? {}, 'body'));
    await answer(request, response);
  });

  async function changeSettings(
    organisationId: string,
    { defaultTeam, ...settings }: z.infer<typeof organisationChangeSchema>,
  ): Promise<void> {
    const change: OrganisationChange = { ...settings };
    if (typeof defaultTeam === 'string') {
      change.defaultTeamId = await findTeam(store, organisationId, defaultTeam, 'defaultTeam');
    } else if (defaultTeam === null) {
      change.defaultTeamId = null;
    }
    if (!(await store.organisations.change(organisationId, change)))
      throw unknownTeam(defaultTeam ?? '', 'defaultTeam');
    outbox.poke();
  }

  return router;
}
