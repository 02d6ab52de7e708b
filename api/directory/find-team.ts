import { teamNameKey } from '../../domain/client-team';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';

/** The id of the client team that a field names by id or by name. */
export async function findTeam(
  { teams }: Pick<Store, 'teams'>,
  organisationId: string,
  named: string,
  field: string,
): Promise<string> {
  const found = await teams.named(organisationId, named, teamNameKey(named.trim()));
  if (found === null) throw unknownTeam(named, field);
  return found;
}

export const unknownTeam = (named: string, field: string): HttpProblem => {
  const detail = `There is no client team "${named}" in your organisation. GET /v1/client-teams lists those that there are.`;
  return new HttpProblem(400, 'team-unknown', detail, { errors: [{ field, detail }] });
};
