import type { ImportKind } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import type { Choices, Question } from '../../contract/question';
import type { PersonValues } from '../person';
import { fileProblem, linesInShort } from '../problems/make-problem';
import type { Table } from '../table';
import type { CheckedRow } from './check-rows';
import { channelsFor } from './decide-row';
import { placesOf, problemAt } from './row-places';
import type { Place } from './row-places';

/** A household shares a mobile; from so many people on, it was more likely filled down by mistake. */
const MANY_PEOPLE = 5;

interface SharedMobilesOptions extends Pick<Choices, 'sharedMobiles'> {
  kind: ImportKind;
  /** By number: how many people of the organisation have it who are in no row of the file. Asked once all rows are counted. */
  elsewhere?: { get: (mobile: string) => number | undefined };
}

interface Findings {
  warnings: CellProblem[];
  questions: Question[];
}

/** The numbers of the people in these rows that can get an SMS. On a landline, an office shares its switchboard, and gets none. */
export const mobilesOf = (rows: readonly Pick<CheckedRow, 'person'>[]): string[] => [
  ...new Set(rows.flatMap(({ person }) => (person && canGetSms(person) ? [person.mobile] : []))),
];

/**
 * Warns of each number that several people have, from the second row on. Where many have it and an SMS would be sent, asks whether
 * to send the SMS. Rejected and skipped rows do not count, since nothing of them is written or sent. All rows are counted before the
 * first is marked, and marked once, both in their order.
 */
export class SharedMobiles {
  private readonly firstLines = new Map<string, number>();
  /** Of numbers that several rows have. */
  private readonly counts = new Map<string, number>();
  private readonly asked = { lines: [] as number[], numbers: new Set<string>() };
  private readonly place: Place;
  private readonly before: ReadonlySet<string>;

  constructor(
    table: Pick<Table, 'columns'>,
    private readonly options: SharedMobilesOptions,
  ) {
    const places = placesOf(table, options.kind);
    this.place = places.find(({ key }) => key === 'mobile')!;
    this.before = new Set(places.slice(0, places.indexOf(this.place) + 1).map(({ header }) => header));
  }

  count(rows: Iterable<CheckedRow>): void {
    for (const { person, line } of rows) {
      if (!person || !canGetSms(person)) continue;
      if (!this.firstLines.has(person.mobile)) this.firstLines.set(person.mobile, line);
      else this.counts.set(person.mobile, this.rowsWith(person.mobile) + 1);
    }
  }

  /** With warnings, and without an SMS that is held. `cell` is the mobile as the file has it. */
  mark(row: CheckedRow, cell: string): CheckedRow {
    const { person, plan, line } = row;
    const firstLine = person ? this.firstLines.get(person.mobile) : undefined;
    if (!person || firstLine === undefined) return row;
    const isAsked = this.isAsked(person, plan);
    if (isAsked) this.asked.lines.push(line);
    if (isAsked) this.asked.numbers.add(person.mobile);
    const isHeld = isAsked && this.options.sharedMobiles === 'hold';
    const known = this.elsewhere(person.mobile);
    if (line === firstLine && known === 0 && !isHeld) return row;
    const details = { ...(line !== firstLine && { firstLine }), ...(known > 0 && { known }) };
    const unplaced = [
      ...(line !== firstLine || known > 0 ? [{ code: 'mobile.shared', details } as const] : []),
      ...(isHeld ? [{ code: 'mobile.sms-held', details: { sharedBy: this.peopleWith(person.mobile) } } as const] : []),
    ];
    const added = unplaced.map((one) => problemAt(this.place, cell, one));
    const at = row.problems.findLastIndex(({ column }) => column !== null && this.before.has(column)) + 1;
    return {
      ...row,
      plan: isHeld ? { ...plan, channels: plan.channels.filter((channel) => channel !== 'sms') } : plan,
      problems: row.problems.toSpliced(at, 0, ...added),
    };
  }

  /** Of the file as a whole, once all rows are marked. */
  findings(): Findings {
    const { lines, numbers } = this.asked;
    if (lines.length === 0) return { warnings: [], questions: [] };
    const problem = fileProblem('file.shared-mobiles', {
      numbers: numbers.size,
      rows: lines.length,
      lines: linesInShort(lines),
      least: MANY_PEOPLE,
    });
    const choices = [{ value: 'send' }, { value: 'hold' }];
    const questions: Question[] = this.options.sharedMobiles ? [] : [{ kind: 'shared-mobiles', problem, choices }];
    return { warnings: [problem], questions };
  }

  private rowsWith(mobile: string): number {
    return this.counts.get(mobile) ?? (this.firstLines.has(mobile) ? 1 : 0);
  }

  private elsewhere(mobile: string): number {
    return this.options.elsewhere?.get(mobile) ?? 0;
  }

  private peopleWith(mobile: string): number {
    return this.rowsWith(mobile) + this.elsewhere(mobile);
  }

  private isAsked(person: PersonValues, { channels }: CheckedRow['plan']): boolean {
    // One row alone is no number that was filled down, so nobody is asked about it; who holds such SMS means it, too.
    const isShared = this.rowsWith(person.mobile) > (this.options.sharedMobiles === 'hold' ? 0 : 1);
    return isShared && this.peopleWith(person.mobile) >= MANY_PEOPLE && channels.includes('sms');
  }
}

/** Marks all rows of a table. `checked` are its rows. */
export function findSharedMobiles(
  checked: readonly CheckedRow[],
  table: Pick<Table, 'columns' | 'rows'>,
  options: SharedMobilesOptions,
): Findings & { rows: CheckedRow[] } {
  const shared = new SharedMobiles(table, options);
  shared.count(checked);
  const rows: CheckedRow[] = [];
  for (const { cells } of table.rows) rows.push(shared.mark(checked[rows.length]!, cells.mobile ?? ''));
  return { rows, ...shared.findings() };
}

const canGetSms = (person: PersonValues): boolean => channelsFor(person, { channels: ['sms'] }).length > 0;
