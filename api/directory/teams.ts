import { isTeamName, teamNameKey } from '../../domain/client-team';
import type { Store } from '../../store/index';
import type { TeamUse } from '../../store/people/team-changes';
import { conflict, HttpProblem } from '../http/http-problem';
import { fieldOfBody } from '../problem-types/invalid-field';
import type { InvalidField } from '../problem-types/invalid-field';

/** Names the part of the request that a team came in. */
type NamePart = (reason: Pick<InvalidField, 'code' | 'detail'>) => InvalidField;

/** Finds the id of a client team by id or name. Throws a 400 that names the field. */
export async function findTeam(
  { teams }: Pick<Store, 'teams'>,
  organisationId: string,
  idOrName: string,
  namePart: NamePart,
): Promise<string> {
  const id = await teams.named(organisationId, idOrName, teamNameKey(idOrName.trim()));
  if (id === null) throw unknownTeam(idOrName, namePart);
  return id;
}

export const unknownTeam = (idOrName: string, namePart: NamePart): HttpProblem => {
  const detail = `There is no client team "${idOrName}" in your organisation. GET /v1/client-teams lists all of them.`;
  const code = 'team-unknown';
  return new HttpProblem(400, code, detail, { errors: [namePart({ code, detail })] });
};

/** Returns a valid name. Throws a 400 for an invalid one. */
export function requireTeamName(name: string): string {
  if (isTeamName(name)) return name;
  throw new HttpProblem(
    400,
    'team-name-invalid',
    'The name of a client team consists of up to 100 letters, digits and underscores, without spaces or other characters. Choose a name such as "Mayfair_2".',
    { errors: [fieldOfBody(['name'], { code: 'team-name-invalid', detail: 'Only letters, digits and underscores' })] },
  );
}

export const nameTaken = (name: string): HttpProblem =>
  conflict(
    'team-name-taken',
    `A client team "${name}" exists already; upper and lower case make no difference. Choose another name.`,
  );

export function unknownStaff(requested: readonly string[], missing: readonly string[]): HttpProblem {
  return new HttpProblem(
    400,
    'staff-unknown',
    `Your organisation has no such staff members: ${missing.join(', ')}. GET /v1/staff lists all of them; invite new ones first.`,
    {
      errors: missing.map((name) =>
        fieldOfBody(['staff', requested.indexOf(name)], {
          code: 'staff-unknown',
          detail: `"${name}" is not a staff member of your organisation`,
        }),
      ),
    },
  );
}

export function inUse(name: string, { isDefault, clients, rows }: TeamUse): HttpProblem {
  const uses = [
    ...(clients > 0 ? [`${clients} ${clients === 1 ? 'client is' : 'clients are'} in it`] : []),
    ...(rows > 0 ? [`${rows} ${rows === 1 ? 'line' : 'lines'} of imports under way will be in it`] : []),
    ...(isDefault ? ['it is the default team of your organisation'] : []),
  ];
  return conflict('team-in-use', `The client team "${name}" is in use and cannot be removed: ${uses.join(', and ')}.`);
}

export const lastMember = (name: string): HttpProblem =>
  conflict(
    'last-staff-member',
    `This is the only staff member of the client team "${name}", which must keep at least one. Add another one first.`,
  );
