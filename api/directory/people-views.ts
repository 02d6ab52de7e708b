import { maskEmail, maskIfContact, maskMobile } from '../../domain/problems/mask';
import type { PersonDoc, Role } from '../../store/documents';
import type { Store } from '../../store/index';

/** The names of client teams by id. */
export type TeamNames = ReadonlyMap<string, string>;

export async function teamNamesOf(
  { organisations }: Pick<Store, 'organisations'>,
  organisationId: string,
): Promise<TeamNames> {
  return new Map((await organisations.teams(organisationId)).map(({ id, name }) => [id, name]));
}

export function clientView(person: PersonDoc, teams: TeamNames, role: Role) {
  const { company } = person;
  return {
    ...personView(person, role),
    company: company && role === 'support' ? maskIfContact(company) : company,
    team: teamsOf(person, teams)[0] ?? null,
  };
}

export function staffView(person: PersonDoc, teams: TeamNames, role: Role) {
  return { ...personView(person, role), role: person.role, teams: teamsOf(person, teams) };
}

/** Support staff recognise a person by masked addresses. */
function personView({ _id, firstName, lastName, email, mobile, active, ...rest }: PersonDoc, role: Role) {
  const { activeSince, createdAt, importId, row } = rest;
  const masked = role === 'support';
  return {
    id: _id,
    firstName: masked ? maskIfContact(firstName) : firstName,
    lastName: masked ? maskIfContact(lastName) : lastName,
    email: masked ? maskEmail(email) : email,
    mobile: masked ? maskMobile(mobile) : mobile,
    active,
    activeSince: active ? (activeSince?.toISOString() ?? null) : null,
    createdAt: createdAt.toISOString(),
    import: importId === null ? null : { id: importId, row },
  };
}

const teamsOf = ({ teamIds }: PersonDoc, teams: TeamNames): { id: string; name: string }[] =>
  teamIds.flatMap((id) => {
    const name = teams.get(id);
    return name === undefined ? [] : { id, name };
  });
