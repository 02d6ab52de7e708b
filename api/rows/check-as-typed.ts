import type { CheckedRow } from '../../domain/checking/check-rows';
import { checkContextOf, checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import { findSharedMobiles, mobilesOf } from '../../domain/checking/shared-mobiles';
import type { RowSnapshot } from '../../store/corrections/correction';
import type { Store } from '../../store/index';
import { tableOf } from './row-as-typed';
import type { Cells } from './row-as-typed';

/** Checks the row as its file was checked, without the row's own person, who is not a duplicate. */
export async function checkAsTyped(
  store: Store,
  { importDoc, row, person }: RowSnapshot,
  typed: { cells: Cells; excess?: { letter: string; value: string } },
  teams: Awaited<ReturnType<Store['organisations']['teams']>>,
): Promise<CheckedRow> {
  const { organisationId } = importDoc;
  const asTyped = { line: row.row, raw: [], ...typed };
  const [emailKey] = emailKeysOf({ rows: [asTyped] });
  const [organisation, existing] = await Promise.all([
    store.organisations.find(organisationId),
    store.people.findByEmail(organisationId, emailKey === undefined ? [] : [emailKey]),
  ]);
  // The person of an applied row cannot become another one, not even one whom nobody has invited.
  const others = new Map(
    [...existing]
      .filter(([, { id }]) => id !== person?._id)
      .map(([key, other]) => [key, person ? { ...other, neverInvited: false } : other]),
  );
  const other = emailKey === undefined ? undefined : others.get(emailKey);
  const duplicateOf =
    emailKey === undefined
      ? null
      : await store.corrections.findRowWithAddress(importDoc._id, row.row, emailKey, other?.id);
  // A duplicate of another row of this import is reported once, not also as an existing person.
  const context = checkContextOf(importDoc, organisation, { teams, known: duplicateOf === null ? others : new Map() });
  const table = tableOf(importDoc, asTyped, duplicateOf);
  const checked = checkRows(table, person ? { ...context, onExisting: 'error' } : context);
  // Who corrects a row has typed its number, so nothing is asked; what the import holds stays held.
  const sharedMobiles = importDoc.options.sharedMobiles ?? 'send';
  const except = { importId: null, ids: person ? [person._id] : [] };
  const elsewhere = await store.people.countByMobile(organisationId, mobilesOf(checked), except);
  const { rows } = findSharedMobiles(checked, table, { kind: importDoc.kind, elsewhere, sharedMobiles });
  return rows.at(-1)!;
}
