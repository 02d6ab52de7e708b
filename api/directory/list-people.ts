import type { PersonKind } from '../../domain/person';
import type { PersonDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { findTeam } from './find-team';

export interface PeopleQuery {
  limit: number;
  after?: string | undefined;
  team?: string | undefined;
  active?: boolean | undefined;
}

/** A page of the people of one kind. `next` is the person to continue after, `null` at the end. */
export async function listPeople<View>(
  store: Pick<Store, 'directory' | 'teams'>,
  organisationId: string,
  kind: PersonKind,
  { limit, after, team, active }: PeopleQuery,
  view: (person: PersonDoc) => View,
): Promise<{ data: View[]; next: string | null }> {
  const teamId = team === undefined ? undefined : await findTeam(store, organisationId, team, 'team');
  const found = await store.directory.list({
    organisationId,
    kind,
    limit,
    ...(after !== undefined && { after }),
    ...(teamId !== undefined && { teamId }),
    ...(active !== undefined && { active }),
  });
  return { data: found.map(view), next: found.length === limit ? found.at(-1)!._id : null };
}
