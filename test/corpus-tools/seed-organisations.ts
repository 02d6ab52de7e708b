import { emailKey } from '../../domain/person';
import { teamNameKey } from '../../domain/client-team';
import type { ClientTeamDoc, OrganisationDoc, PersonDoc } from '../../store/documents';
import { DEFAULT_SETTINGS } from '../../store/organisation-settings';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { uniqueName } from '../support/environment';
import type { Stack } from '../support/stack';
import { NEIGHBOURS, ORGANISATIONS, RESIDENTS, TEAMS, UNREADY_TEAM } from '../corpus/organisations';
import type { OrganisationName, Resident } from '../corpus/organisations';

/** Lives beside the organisations of the corpus; what it holds is nobody else's business. */
const NEIGHBOUR = 'neighbour';

const teamId = (organisationId: string, team: string): string => `${organisationId}:${team}`;

/** Every organisation of the corpus with its client teams, staff and residents, and a caller with a key for it. */
export async function seedOrganisations(stack: Stack): Promise<Record<OrganisationName, ApiCaller>> {
  const names = Object.keys(ORGANISATIONS) as OrganisationName[];
  const documents = [...names, NEIGHBOUR].map(organisationCalled);
  await stack.db.collection<OrganisationDoc>('organisations').insertMany(documents);
  await stack.db.collection<ClientTeamDoc>('client_teams').insertMany(documents.flatMap(({ _id }) => teamsOf(_id)));
  await stack.db
    .collection<PersonDoc>('people')
    .insertMany([
      ...documents.flatMap(({ _id }) => staffOf(_id)),
      ...RESIDENTS.map((resident) => personIn('crowded', resident)),
      ...NEIGHBOURS.map((resident) => personIn(NEIGHBOUR, resident)),
    ]);
  const callers = await Promise.all(names.map(async (name) => [name, await callerFor(stack, name)] as const));
  return Object.fromEntries(callers) as Record<OrganisationName, ApiCaller>;
}

/** The settings are made through the API, as an administrator would. */
async function callerFor(stack: Stack, name: OrganisationName): Promise<ApiCaller> {
  const key = uniqueName(`ci_${'x'.repeat(24)}`);
  await stack.store.apiKeys.save(key, name, 'systemAdministrator');
  const caller = createApiCaller(stack.url, key);
  const { status, body } = await caller.call('PATCH', '/v1/organisation', {
    body: JSON.stringify(ORGANISATIONS[name]),
    headers: { 'Content-Type': 'application/json' },
  });
  if (status !== 200) throw new Error(`The settings of "${name}" were refused: ${JSON.stringify(body)}`);
  return caller;
}

const organisationCalled = (_id: string): OrganisationDoc => ({
  ...DEFAULT_SETTINGS,
  _id,
  name: `Organisation ${_id}`,
});

const teamsOf = (organisationId: string): ClientTeamDoc[] =>
  TEAMS.map((name) => ({ _id: teamId(organisationId, name), organisationId, name, nameKey: teamNameKey(name) }));

const staffOf = (organisationId: string): PersonDoc[] =>
  TEAMS.map((team, i) =>
    personIn(organisationId, {
      kind: 'staff',
      active: team !== UNREADY_TEAM,
      firstName: 'Ines',
      lastName: 'Almeida',
      email: `team${i}@staff-of-${organisationId}.example`,
      mobile: '+447911123450',
      company: null,
      role: 'Staff',
      teams: [team],
    }),
  );

function personIn(organisationId: string, { teams, email, active, ...person }: Resident): PersonDoc {
  return {
    ...person,
    _id: `${organisationId}:${email}`,
    organisationId,
    email,
    emailKey: emailKey(email),
    mobileType: 'mobile',
    role: person.role as PersonDoc['role'],
    teamIds: teams.map((team) => teamId(organisationId, team)),
    importId: null,
    row: null,
    createdAt: new Date('2026-01-05T12:00:00Z'),
    active,
    ...(active && { activeSince: new Date('2026-01-06T12:00:00Z') }),
  };
}

/** The name of a client team by its id. */
export const teamNameOf = (id: string): string => id.slice(id.indexOf(':') + 1);
