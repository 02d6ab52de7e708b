import type { ImportKind } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import type { Choices, Question } from '../../contract/question';
import { formatRowSet } from '../../contract/row-set';
import type { PersonValues } from '../person';
import { fileProblem, shorten } from '../problems/make-problem';
import type { Table } from '../table';
import type { CheckedRow } from './check-rows';
import { channelsFor } from './decide-row';
import { placesOf, problemAt } from './row-places';

/** A household shares a mobile; from so many people on, it was more likely filled down by mistake. */
const MANY_PEOPLE = 5;

interface SharedMobilesOptions extends Pick<Choices, 'sharedMobiles'> {
  kind: ImportKind;
  /** By number: how many people of the organisation have it who are in no row of the file. */
  elsewhere?: ReadonlyMap<string, number>;
}

interface SharedMobiles {
  /** With warnings, and without the SMS that are held. */
  rows: CheckedRow[];
  warnings: CellProblem[];
  questions: Question[];
}

/** The numbers of the people in these rows that can get an SMS. On a landline, an office shares its switchboard, and gets none. */
export const mobilesOf = (rows: readonly Pick<CheckedRow, 'person'>[]): string[] => [
  ...new Set(rows.flatMap(({ person }) => (person && canGetSms(person) ? [person.mobile] : []))),
];

/**
 * Warns of each number that several people have, from the second row on. Where many have it and an SMS would be sent, asks whether
 * to send the SMS. Rejected and skipped rows do not count, since nothing of them is written or sent. `checked` are all rows of `table`.
 */
export function findSharedMobiles(
  checked: readonly CheckedRow[],
  table: Table,
  { kind, elsewhere = new Map(), sharedMobiles }: SharedMobilesOptions,
): SharedMobiles {
  const linesOf = new Map<string, number[]>();
  for (const { person, line } of checked) {
    if (person && canGetSms(person)) linesOf.set(person.mobile, [...(linesOf.get(person.mobile) ?? []), line]);
  }
  const peopleWith = (mobile: string): number => (linesOf.get(mobile)?.length ?? 0) + (elsewhere.get(mobile) ?? 0);
  // One row alone is no number that was filled down, so nobody is asked about it; who holds such SMS means it, too.
  const isShared = (mobile: string): boolean => (linesOf.get(mobile)?.length ?? 0) > (sharedMobiles === 'hold' ? 0 : 1);
  const asked = checked.filter(
    ({ person, plan }) =>
      person && isShared(person.mobile) && peopleWith(person.mobile) >= MANY_PEOPLE && plan.channels.includes('sms'),
  );
  const problem = fileProblem('file.shared-mobiles', {
    numbers: mobilesOf(asked).length,
    rows: asked.length,
    lines: shorten(formatRowSet(asked.map(({ line }) => line))),
    least: MANY_PEOPLE,
  });

  const places = placesOf(table, kind);
  const place = places.find(({ key }) => key === 'mobile')!;
  const before = new Set(places.slice(0, places.indexOf(place) + 1).map(({ header }) => header));
  const rows = checked.map((row, i): CheckedRow => {
    const { person, plan, line } = row;
    const [firstLine] = (person && linesOf.get(person.mobile)) ?? [];
    if (!person || firstLine === undefined) return row;
    const known = elsewhere.get(person.mobile) ?? 0;
    if (line === firstLine && known === 0 && !(asked.includes(row) && sharedMobiles === 'hold')) return row;
    const isHeld = asked.includes(row) && sharedMobiles === 'hold';
    const details = { ...(line !== firstLine && { firstLine }), ...(known > 0 && { known }) };
    const unplaced = [
      ...(line !== firstLine || known > 0 ? [{ code: 'mobile.shared', details } as const] : []),
      ...(isHeld ? [{ code: 'mobile.sms-held', details: { sharedBy: peopleWith(person.mobile) } } as const] : []),
    ];
    const added = unplaced.map((one) => problemAt(place, table.rows[i]!.cells.mobile ?? '', one));
    const at = row.problems.findLastIndex(({ column }) => column !== null && before.has(column)) + 1;
    return {
      ...row,
      plan: isHeld ? { ...plan, channels: plan.channels.filter((channel) => channel !== 'sms') } : plan,
      problems: row.problems.toSpliced(at, 0, ...added),
    };
  });
  if (asked.length === 0) return { rows, warnings: [], questions: [] };
  const choices = [{ value: 'send' }, { value: 'hold' }];
  return { rows, warnings: [problem], questions: sharedMobiles ? [] : [{ kind: 'shared-mobiles', problem, choices }] };
}

const canGetSms = (person: PersonValues): boolean => channelsFor(person, { channels: ['sms'] }).length > 0;
