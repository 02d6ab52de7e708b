import type { Schemas } from '../../../client';
import type { paths } from '../../../client/schema';

export type ListedImport = Schemas['ImportSummary'];

/** As they stand in the address of the screen; absent ones do not filter. */
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;
const FILTERS = ['q', 'status', 'kind', 'code', 'since', 'until'] as const;

type ApiQuery = NonNullable<paths['/v1/imports']['get']['parameters']['query']>;

const PAGE = 25;
const DAY_MS = 86_400_000;

export const filtersOf = (query: Readonly<Record<string, string>>): Filters =>
  Object.fromEntries(FILTERS.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));

/** The query of the API. Days are those of the reader, the last one with all of its hours. */
export function queryOf({ since, until, ...filters }: Filters, after: string | undefined): ApiQuery {
  return {
    ...(filters as Pick<ApiQuery, 'q' | 'status' | 'kind' | 'code'>),
    ...(since !== undefined && { since: startOfDay(since).toISOString() }),
    ...(until !== undefined && { until: new Date(startOfDay(until).getTime() + DAY_MS).toISOString() }),
    ...(after !== undefined && { after }),
    limit: PAGE,
  };
}

const startOfDay = (day: string): Date => new Date(`${day}T00:00:00`);
