import { keepBriefly } from '../../platform/keep-briefly';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { getDashboard } from './dashboard-routes';
import { startOf, sumFigures } from './sum-figures';

/** As many as files of the usual size have rows, so that larger files take no longer. */
const MOST_IMPORTS = 200;
const MOST_ROWS = 100_000;
/** Whoever opens the page again, or in several windows, has it read once. */
const KEPT = { ms: 15_000, most: 300 };

/** How invitations go, for the first look in the morning. */
export function createDashboardRoutes({ store }: Pick<AppDeps, 'store'>): Route[] {
  const read = keepBriefly(async (key) => {
    const [organisationId, days] = JSON.parse(key) as [string, number];
    const since = startOf(new Date(), days);
    const [{ data, complete }, teams] = await Promise.all([
      store.figures.ofClients({ organisationId, since, limit: MOST_IMPORTS, rows: MOST_ROWS }),
      store.organisations.teams(organisationId),
    ]);
    return { complete, ...sumFigures(data, { since, days, teams }) };
  }, KEPT);
  return [
    route(getDashboard, async ({ query: { days } }, request) =>
      reply(200, await read(JSON.stringify([callerOf(request).organisationId, days]))),
    ),
  ];
}
