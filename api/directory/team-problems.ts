import { isTeamName } from '../../domain/client-team';
import type { TeamUse } from '../../store/people/team-changes';
import { HttpProblem } from '../http/http-problem';

/** The name, if a client team can be called so. */
export function checkName(name: string): string {
  if (isTeamName(name)) return name;
  throw new HttpProblem(
    400,
    'team-name-invalid',
    'The name of a client team consists of letters, digits and underscores, without spaces and other characters, and has at most 100 of them. Choose a name such as "Mayfair_2".',
    { errors: [{ field: 'name', detail: 'Only letters, digits and underscores' }] },
  );
}

export const nameTaken = (name: string): HttpProblem =>
  new HttpProblem(
    409,
    'team-name-taken',
    `There is a client team "${name}" already; capital letters make no difference. Choose another name.`,
  );

export function unknownStaff(names: readonly string[], missing: readonly string[]): HttpProblem {
  return new HttpProblem(
    400,
    'staff-unknown',
    `These are no staff members of your organisation: ${missing.join(', ')}. GET /v1/staff lists those that there are; invite new ones first.`,
    {
      errors: missing.map((name) => ({
        field: `staff.${names.indexOf(name)}`,
        detail: `"${name}" is no staff member of your organisation`,
      })),
    },
  );
}

export function inUse(name: string, { isDefault, clients, rows }: TeamUse): HttpProblem {
  const uses = [
    ...(clients > 0 ? [`${clients} ${clients === 1 ? 'client is' : 'clients are'} in it`] : []),
    ...(rows > 0 ? [`${rows} ${rows === 1 ? 'line' : 'lines'} of imports under way will be in it`] : []),
    ...(isDefault ? ['it is the default team of your organisation'] : []),
  ];
  return new HttpProblem(
    409,
    'team-in-use',
    `The client team "${name}" is in use and cannot be removed: ${uses.join(', and ')}.`,
  );
}

export const lastMember = (name: string): HttpProblem =>
  new HttpProblem(
    409,
    'last-staff-member',
    `This is the only staff member of "${name}", and a client team keeps at least one. Add somebody else first.`,
  );
