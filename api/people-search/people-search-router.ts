import { readPersonQuery } from '../../domain/finding/person-query';
import type { AppDeps } from '../app-deps';
import { teamNamesOf } from '../directory/people';
import { serialiserOf } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { cutPage, pageReply } from '../routing/page';
import { route } from '../routing/route';
import type { Route } from '../routing/route';
import { foundPersonView, unmadeRowViews } from './found-person';
import { findPeople } from './people-search-routes';

/** Of rows that have created nobody, more than these need a closer question. */
const MOST_ROWS = 20;

export const createPeopleSearchRoutes = ({ store, linkBase }: Pick<AppDeps, 'store' | 'linkBase'>): Route[] => [
  route(findPeople, async ({ query: { q, after, limit } }, request) => {
    const { organisationId } = callerOf(request);
    const organisation = await store.organisations.find(organisationId);
    // Who sees addresses masked must not find them out letter by letter.
    const whole = serialiserOf(request).masks;
    const criteria = readPersonQuery(q, {
      defaultCountry: organisation?.defaultCountry ?? null,
      wholeAddresses: whole,
    });
    const search = store.peopleSearch;
    const [found, unmade, teams] = await Promise.all([
      search.find({ organisationId, criteria, limit: limit + 1, ...(after !== undefined && { after }) }),
      after === undefined ? search.findUnmade(organisationId, criteria, { limit: MOST_ROWS, whole }) : [],
      teamNamesOf(store, organisationId),
    ]);
    const { data, next } = cutPage(found, limit, ({ cursor }) => cursor);
    const appearances = await search.appearances(
      data.map(({ person }) => person._id),
      unmade.map(({ importId }) => importId),
    );
    return pageReply(request, linkBase, {
      data: data.map(({ person }) => foundPersonView(person, appearances, teams)),
      next,
      rows: unmadeRowViews(unmade, appearances.imports),
    });
  }),
];
