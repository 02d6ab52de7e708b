import { json, Router } from 'express';
import type { Request, Response } from 'express';
import type { Config } from '../../platform/config';
import type { OrganisationChange } from '../../store/people/organisations';
import type { Store } from '../../store/index';
import { allow, callerOf } from '../http/authenticate';
import { findTeam, unknownTeam } from './find-team';
import { notFound } from '../http/http-problem';
import { organisationChangeSchema } from './organisation-schemas';
import type { OrganisationRequest } from './organisation-schemas';
import { parse } from '../http/parse';
import type { Outbox } from '../temporal/outbox';

export interface OrganisationDeps {
  store: Pick<Store, 'teams' | 'organisations'>;
  outbox: Outbox;
  config: Pick<Config, 'upload' | 'maxRows'>;
}

/** What an organisation decides for itself, and the limits that hold for everybody. */
export function createOrganisationRouter({ store, config, outbox }: OrganisationDeps): Router {
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

  router.get('/', allow('systemAdministrator', 'userAdministrator', 'support'), answer);

  router.patch('/', allow('systemAdministrator'), json({ type: () => true }), async (request, response) => {
    const change = parse(organisationChangeSchema, request.body ?? {}, 'body');
    await apply(callerOf(request).organisationId, change);
    await answer(request, response);
  });

  async function apply(organisationId: string, { defaultTeam, ...settings }: OrganisationRequest): Promise<void> {
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
