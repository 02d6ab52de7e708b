import type { z } from 'zod';
import type { PersonKind } from '../../domain/person';
import type { PersonDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { NewestMessage } from '../../store/invitations/invitations';
import { parameter } from '../problem-types/invalid-field';
import { cutPage } from '../routing/page';
import type { listPeopleSchema } from './people-schemas';
import { findTeam } from './teams';

/** Lists a page of people. `next` is the person to continue after, `null` on the last page. */
export async function listPeople<View>(
  store: Pick<Store, 'directory' | 'invitations' | 'organisations' | 'teams'>,
  organisationId: string,
  {
    kind,
    limit,
    after,
    team,
    active,
    invitation,
    optedOut,
    since,
    until,
  }: z.output<typeof listPeopleSchema> & { kind: PersonKind },
  view: PersonView<View>,
): Promise<{ data: View[]; next: string | null }> {
  const teamId =
    team === undefined
      ? undefined
      : await findTeam(store, organisationId, team, (reason) => parameter(['team'], reason));
  const found = await store.directory.list({
    organisationId,
    kind,
    limit: limit + 1,
    ...(after !== undefined && { after }),
    ...(teamId !== undefined && { teamId }),
    ...(active !== undefined && { active }),
    ...(invitation && { invited: invitation }),
    ...(optedOut && { optedOut }),
    ...(since !== undefined && { since: new Date(since) }),
    ...(until !== undefined && { until: new Date(until) }),
  });
  const { data, next } = cutPage(found, limit, ({ _id }) => _id);
  return { data: await viewPeople(store, organisationId, data, view), next };
}

type PersonView<View> = (person: PersonDoc, teams: TeamNames, messages: readonly NewestMessage[]) => View;

/** The views of people of an organisation, with the newest messages to them. */
async function viewPeople<View>(
  store: Pick<Store, 'invitations' | 'organisations'>,
  organisationId: string,
  people: readonly PersonDoc[],
  view: PersonView<View>,
): Promise<View[]> {
  const [teams, messages] = await Promise.all([
    teamNamesOf(store, organisationId),
    store.invitations.newestTo(people.map(({ _id }) => _id)),
  ]);
  return people.map((person) =>
    view(
      person,
      teams,
      messages.filter(({ personId }) => personId === person._id),
    ),
  );
}

/** The view of one person, as `viewPeople`. */
export async function viewPerson<View>(
  store: Pick<Store, 'invitations' | 'organisations'>,
  organisationId: string,
  person: PersonDoc,
  view: PersonView<View>,
): Promise<View> {
  return (await viewPeople(store, organisationId, [person], view))[0]!;
}

/** The names of client teams by id. */
type TeamNames = ReadonlyMap<string, string>;

export async function teamNamesOf(
  { organisations }: Pick<Store, 'organisations'>,
  organisationId: string,
): Promise<TeamNames> {
  return new Map((await organisations.teams(organisationId)).map(({ id, name }) => [id, name]));
}

export function clientView(person: PersonDoc, teams: TeamNames, messages: readonly NewestMessage[]) {
  return { ...personView(person, messages), company: person.company, team: teamsOf(person, teams)[0] ?? null };
}

export function staffView(person: PersonDoc, teams: TeamNames, messages: readonly NewestMessage[]) {
  return { ...personView(person, messages), role: person.role, teams: teamsOf(person, teams) };
}

function personView(
  { _id, firstName, lastName, email, mobile, active, ...rest }: PersonDoc,
  messages: readonly NewestMessage[],
) {
  const { activeSince, createdAt, importId, row } = rest;
  return {
    id: _id,
    ...{ firstName, lastName, email, mobile },
    active,
    activeSince: active ? (activeSince?.toISOString() ?? null) : null,
    createdAt: createdAt.toISOString(),
    import: importId === null ? null : { id: importId, row },
    messages: messages.map((message) => ({
      ...{ channel: message.channel, state: message.state, since: message.changedAt.toISOString() },
      ...{ import: message.importId, line: message.row },
    })),
  };
}

const teamsOf = ({ teamIds }: PersonDoc, teams: TeamNames): { id: string; name: string }[] =>
  teamIds.flatMap((id) => {
    const name = teams.get(id);
    return name === undefined ? [] : { id, name };
  });
