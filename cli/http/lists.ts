import type { ApiPaths, Schemas } from '../../client/index';
import type { Channel, Invited } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';

const PAGE = 100;
const PAGE_OF_ROWS = 500;

interface Page<T, Mark> {
  data: T[];
  next: Mark | null;
}

type DataOf = <T>(asked: Promise<{ response: Response; data?: T; error?: unknown }>) => Promise<T>;

/** Filters of the list of imports; moments as the API takes them. */
export interface ImportFilters {
  id?: string;
  batch?: string;
  status?: Schemas['ImportSummary']['status'];
  kind?: Schemas['ImportSummary']['kind'];
  /** A part of the name of the file. */
  q?: string;
  /** As it was typed: the API refuses what is none. */
  code?: ProblemCode;
  since?: string;
  until?: string;
}

export interface RowFilters {
  status?: Schemas['Row']['status'];
  channel?: Channel;
  code?: string;
  q?: string;
}

export interface PeopleFilters {
  team?: string;
  active?: 'true' | 'false';
  invitation?: Invited;
  optedOut?: Channel;
  since?: string;
  until?: string;
}

/** Filters of the audit log. */
export interface EventFilters {
  import?: string;
  /** Id of a key or person. */
  actor?: string;
  /** Of an operation, such as `pauseImport`. */
  action?: string;
}

/** Yields everything, page by page; pages that nobody asks for are not read. */
async function* pages<T, Mark = string>(read: (after: Mark | undefined) => Promise<Page<T, Mark>>): AsyncGenerator<T> {
  let after: Mark | null | undefined;
  while (after !== null) {
    const page: Page<T, Mark> = await read(after);
    yield* page.data;
    after = page.next;
  }
}

const pageAfter = <Mark>(after: Mark | undefined) => ({ limit: PAGE, ...(after !== undefined && { after }) });

/** The lists of the API, the newest first where the API has them so. */
export function createLists(api: ApiPaths, dataOf: DataOf) {
  return {
    listImports: (filters: ImportFilters = {}): AsyncGenerator<Schemas['ImportSummary']> =>
      pages((after) => dataOf(api.GET('/v1/imports', { params: { query: { ...filters, ...pageAfter(after) } } }))),

    /** In the order of the file. */
    async *listRowsOf(id: string, filters: RowFilters = {}): AsyncGenerator<Schemas['Row']> {
      let after: number | null = 0;
      while (after !== null) {
        const query = { ...filters, after, limit: PAGE_OF_ROWS } as never;
        const page: Schemas['RowPage'] = await dataOf(
          api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query } }),
        );
        yield* page.data;
        after = page.next;
      }
    },

    listTeams: (): AsyncGenerator<Schemas['ClientTeam']> =>
      pages((after) => dataOf(api.GET('/v1/client-teams', { params: { query: pageAfter(after) } }))),

    listClients: (filters: PeopleFilters): AsyncGenerator<Schemas['Client']> =>
      pages((after) => dataOf(api.GET('/v1/clients', { params: { query: { ...filters, ...pageAfter(after) } } }))),

    listStaff: (filters: PeopleFilters): AsyncGenerator<Schemas['StaffMember']> =>
      pages((after) => dataOf(api.GET('/v1/staff', { params: { query: { ...filters, ...pageAfter(after) } } }))),

    /** Who did what, the newest first. */
    listEvents: (filters: EventFilters): AsyncGenerator<Schemas['AuditEvent']> =>
      pages<Schemas['AuditEvent'], number>((after) =>
        dataOf(api.GET('/v1/events', { params: { query: { ...filters, ...pageAfter(after) } } })),
      ),

    listKeys: (): AsyncGenerator<Schemas['Key']> =>
      pages((after) => dataOf(api.GET('/v1/keys', { params: { query: pageAfter(after) } }))),

    findOrganisation: (): Promise<Schemas['Organisation']> => dataOf(api.GET('/v1/organisation')),

    /** Changes settings of the organisation; absent ones stay as they are. */
    changeOrganisation: (
      body: Partial<Pick<Schemas['Organisation'], 'sending'>> & { defaultTeam?: string | null },
    ): Promise<Schemas['Organisation']> => dataOf(api.PATCH('/v1/organisation', { body })),

    /** Whom the key belongs to. */
    findCaller: (): Promise<Schemas['Caller']> => dataOf(api.GET('/v1/me')),
  };
}
