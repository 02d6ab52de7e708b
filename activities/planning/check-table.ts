import { setImmediate as turn } from 'node:timers/promises';
import type { ClientTeam } from '../../domain/client-team';
import { checkContextOf, createRowChecker, emailKeysOf } from '../../domain/checking/check-rows';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { mobilesOf, SharedMobiles } from '../../domain/checking/shared-mobiles';
import { ListBuilder, MOST_HELD, pagesOf } from '../../domain/long-list';
import type { List } from '../../domain/long-list';
import type { KnownPerson } from '../../domain/person';
import type { Table, TableRow } from '../../domain/table';
import type { ImportDoc, OrganisationDoc } from '../../store/documents';
import { findEarlierRows } from './earlier-files';
import type { PlanDeps } from './read-upload';

/** Rows of a long table that are looked up and checked together: some hundredths of a second. */
export const ROWS_A_PAGE = 1_000;

export interface CheckedTable {
  rows: List<CheckedRow>;
  shared: SharedMobiles;
}

interface CheckOptions {
  organisation: OrganisationDoc | null;
  ignored: ReadonlySet<number>;
  mostHeld?: number | undefined;
  betweenPages?: (() => Promise<void>) | undefined;
}

/** Checks all rows of a table against the people and teams of the organisation; those of a long one page by page. */
export async function checkTable(
  deps: PlanDeps,
  importDoc: ImportDoc,
  table: Table,
  { organisation, ignored, mostHeld = MOST_HELD, betweenPages }: CheckOptions,
): Promise<CheckedTable> {
  const { organisations, people } = deps.store;
  const { organisationId, kind, options } = importDoc;
  const pages = pagesOf(table.rows, pageSizeFor(table.rows, mostHeld));
  const lookUp = async (rows: readonly TableRow[] | undefined) =>
    rows && { rows, known: await othersAmong(deps, importDoc, rows) };
  const [teams, earlierInBatch, first] = await Promise.all([
    organisations.teams(organisationId),
    findEarlierRows(deps, importDoc, table, organisation),
    lookUp(nextOf(pages)),
  ]);
  const check = createRowChecker(table, {
    ...checkContextOf(importDoc, organisation, {
      teams: teams satisfies readonly ClientTeam[],
      known: new Map(),
      ...(earlierInBatch && { earlierInBatch }),
    }),
    ignored,
  });
  const elsewhere = new PeopleElsewhere();
  const shared = new SharedMobiles(table, { kind, elsewhere, sharedMobiles: options.sharedMobiles ?? null });
  const checked = new ListBuilder<CheckedRow>(mostHeld);
  for (let page = first; page;) {
    const rows = check(page.rows, page.known);
    shared.count(rows);
    elsewhere.leaveOut(rows, page.known);
    const numbers = elsewhere.unknown(mobilesOf(rows));
    for (const row of rows) checked.push(row);
    const next = nextOf(pages);
    if (next) await turn();
    const [counted, following] = await Promise.all([
      people.countByMobile(organisationId, numbers, { importId: importDoc._id, ids: [] }),
      lookUp(next),
    ]);
    elsewhere.add(numbers, counted);
    if (next) await betweenPages?.();
    page = following;
  }
  return { rows: checked.list(), shared };
}

/** A table that is held is looked up at once. */
export const pageSizeFor = (list: List<unknown>, mostHeld = MOST_HELD): number =>
  list.length <= mostHeld ? Math.max(1, list.length) : ROWS_A_PAGE;

const nextOf = <T>(pages: Iterator<T>): T | undefined => {
  const next: IteratorResult<T, unknown> = pages.next();
  return next.done ? undefined : next.value;
};

/** The people with an address of these rows, by e-mail key. */
async function othersAmong(
  { store }: PlanDeps,
  { organisationId, _id }: ImportDoc,
  rows: readonly TableRow[],
): Promise<Map<string, KnownPerson>> {
  const known = await store.people.findByEmail(organisationId, emailKeysOf({ rows }));
  // The first staff member of a team is made together with the import that invites them: to that import they are new.
  return new Map([...known].filter(([, { importId }]) => importId !== _id));
}

/** How many people of the organisation have a number who are in no row of the file. */
class PeopleElsewhere {
  /** 0 is kept too, so that no number is counted twice. */
  private readonly counted = new Map<string, number>();
  private readonly named = new Map<string, number>();

  get(mobile: string): number {
    return Math.max(0, (this.counted.get(mobile) ?? 0) - (this.named.get(mobile) ?? 0));
  }

  unknown(mobiles: readonly string[]): string[] {
    return mobiles.filter((mobile) => !this.counted.has(mobile));
  }

  add(mobiles: readonly string[], counts: ReadonlyMap<string, number>): void {
    for (const mobile of mobiles) this.counted.set(mobile, counts.get(mobile) ?? 0);
  }

  /** Those whom a row names have the number that the row gives them. */
  leaveOut(rows: readonly CheckedRow[], known: ReadonlyMap<string, KnownPerson>): void {
    for (const { person, plan } of rows) {
      const named = person && plan.personId !== undefined ? known.get(person.emailKey) : undefined;
      if (named && !named.deactivated) this.named.set(named.mobile, (this.named.get(named.mobile) ?? 0) + 1);
    }
  }
}
