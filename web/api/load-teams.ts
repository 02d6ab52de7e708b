import type { Schemas } from '../../client';
import { answerOf, api } from './api';
import { LARGEST_PAGE, loadAll } from './load-all';

/** All client teams of the organisation, by name. */
export const loadTeams = (): Promise<Schemas['ClientTeam'][]> =>
  loadAll<Schemas['ClientTeam'], string>((after) => {
    const query = { limit: LARGEST_PAGE, ...(after !== undefined && { after }) };
    return answerOf(api.GET('/v1/client-teams', { params: { query } }));
  });
