import type { Schemas } from '../../client';
import { answerOf, api } from './api';

const PAGE = 500;

/** All client teams of the organisation, by name. */
export async function loadTeams(): Promise<Schemas['ClientTeam'][]> {
  const teams: Schemas['ClientTeam'][] = [];
  let after: string | undefined;
  do {
    const query = { limit: PAGE, ...(after !== undefined && { after }) };
    const page: Schemas['ClientTeamPage'] = await answerOf(api.GET('/v1/client-teams', { params: { query } }));
    teams.push(...page.data);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return teams;
}
