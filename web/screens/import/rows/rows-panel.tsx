import { useRef, useState } from 'preact/hooks';
import { Pill } from '../../../components/pill';
import type { Tone } from '../../../components/pill';
import { RowTable } from '../../../components/row-table';
import type { Column } from '../../../components/row-table';
import { useNarrow } from '../../../components/use-narrow';
import { t } from '../../../messages';
import { count, fill, formatMoment, formatNumber } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import { errorsOf, needsAttention } from '../model';
import type { Field, Import, Row } from '../model';
import { EditableCell } from './editable-cell';

interface RowsPanelProps {
  importView: Import;
  rows: readonly Row[];
  /** There are others, which come as somebody scrolls on. */
  isPart: boolean;
  /** Only these lines, those of a reason. */
  only: ReadonlySet<number> | undefined;
  onShowAll: () => void;
  openRow: number | undefined;
  onOpen: (line: number) => void;
  onChanged: () => void;
  onView: (rows: readonly Row[], isAtEnd: boolean) => void;
}

const FILTERS = ['all', 'problems', 'repaired', 'good'] as const;
type Filter = (typeof FILTERS)[number];
const FITS: Readonly<Record<Filter, (row: Row) => boolean>> = {
  all: () => true,
  problems: (row) => row.problems.length > 0 || needsAttention(row),
  repaired: ({ repairs }) => repairs.length > 0,
  good: (row) => row.problems.length === 0 && !needsAttention(row),
};
const SHOWN = ['firstName', 'lastName', 'email', 'mobile'] as const satisfies readonly Field[];

/** Every row, those with problems first, with its cells to be corrected in place. */
export function RowsPanel({ importView, rows, only, onShowAll, openRow, onOpen, ...props }: RowsPanelProps) {
  const { onChanged, onView, isPart } = props;
  const isNarrow = useNarrow('narrow');
  const isPhone = useNarrow('phone');
  const { mayImport } = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const isPreview = importView.status === 'awaiting-approval';
  const texts = t.imports.look;
  const isOnTop = useOnTop(rows, `${importView.id} ${filter}`);
  const shown = rows
    .filter((row) => (only ? only.has(row.row) : FITS[filter](row)))
    .sort((a, b) => Number(isOnTop(b)) - Number(isOnTop(a)) || a.row - b.row);
  const repaired = rows.reduce((sum, { repairs }) => sum + repairs.length, 0);
  const cells = SHOWN.map((field): Column<Row> => ({
    key: field,
    title: t.imports.field[field],
    width: field === 'firstName' || field === 'lastName' ? 'name' : 'normal',
    cell: (row) => <EditableCell importView={importView} row={row} field={field} onChanged={onChanged} />,
  }));
  const problem: Column<Row> = {
    key: 'problem',
    title: isPreview ? t.imports.row.problems : t.imports.row.notes,
    width: 'grow',
    // Beside the names it has nothing to say of a good row that is not sent; before them it says who that is.
    cell: (row) => (isNarrow && isPreview && row.problems.length === 0 ? nameOf(row) : <FirstProblem row={row} />),
  };
  const card: Column<Row> = {
    key: 'card',
    title: t.imports.row.all,
    width: 'whole',
    cell: (row) => <RowCard row={row} isPreview={isPreview} onOpen={() => onOpen(row.row)} />,
  };
  const columns: Column<Row>[] = [
    {
      key: 'line',
      title: '#',
      width: 'narrow',
      cell: ({ row }) => (
        <button
          type="button"
          class="plain line"
          aria-label={fill(t.imports.row.open, { line: String(row) })}
          onClick={() => onOpen(row)}
        >
          {row}
        </button>
      ),
    },
    {
      key: 'status',
      title: t.imports.rowState,
      width: 'narrow',
      cell: (row) => <RowState row={row} isPreview={isPreview} />,
    },
    // What is wrong is seen without scrolling to the side.
    ...(isNarrow ? [problem, ...cells] : [...cells, problem]),
  ];
  return (
    <section aria-labelledby="rows">
      <div class="panel-line">
        <h2 id="rows">{t.imports.result.rows}</h2>
        {only ? (
          <button type="button" onClick={onShowAll}>
            {t.imports.result.showAll}
          </button>
        ) : (
          <label class="inline">
            {texts.shown}{' '}
            <select value={filter} onChange={({ currentTarget }) => setFilter(currentTarget.value as Filter)}>
              {FILTERS.map((name) => (
                <option key={name} value={name}>
                  {texts.filter[name]}
                  {!isPart && ` (${formatNumber(rows.filter(FITS[name]).length)})`}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <p class="quiet small">
        {isPreview && mayImport && `${isPhone ? texts.openHint : texts.editHint} `}
        {repaired > 0 && `${count(repaired, texts.repaired)}.`}
        {isPart && ` ${fill(texts.part, { some: formatNumber(rows.length), all: formatNumber(importView.lines) })}`}
      </p>
      <RowTable
        caption={t.imports.result.rows}
        columns={isPhone ? [card] : columns}
        lines={isPhone ? 2 : 1}
        items={shown}
        keyOf={({ row }) => row}
        isCurrent={({ row }) => row === openRow}
        onView={(drawn) => onView(drawn, !only && drawn.at(-1)?.row === shown.at(-1)?.row)}
      />
    </section>
  );
}

/**
 * Whether a row stands among those that need somebody: it does or did since they were last chosen, so that one that is corrected does not
 * jump away from whoever corrects it.
 */
function useOnTop(rows: readonly Row[], of: string): (row: Row) => boolean {
  const top = useRef({ of, lines: new Set<number>() });
  if (top.current.of !== of) top.current = { of, lines: new Set() };
  const { lines } = top.current;
  for (const row of rows) if (needsAttention(row)) lines.add(row.row);
  return ({ row }) => lines.has(row);
}

/** A row on a phone: who it is and how it stands, and what is wrong. A touch opens it, where there is place for its cells. */
const RowCard = ({ row, isPreview, onOpen }: { row: Row; isPreview: boolean; onOpen: () => void }) => (
  <button type="button" class="plain row-card" onClick={onOpen}>
    <span class="hidden">{fill(t.imports.row.open, { line: String(row.row) })}: </span>
    <span class="quiet" aria-hidden="true">
      {row.row}
    </span>{' '}
    <RowState row={row} isPreview={isPreview} />{' '}
    <span class="row-card-name" dir="auto">
      {nameOf(row)}
    </span>
    <span class="row-card-text small">
      {isPreview && row.problems.length === 0 ? row.person.email : <FirstProblem row={row} />}
    </span>
  </button>
);

const nameOf = ({ person }: Row): string => `${person.firstName} ${person.lastName}`;

function RowState({ row, isPreview }: { row: Row; isPreview: boolean }) {
  if (isPreview && row.status !== 'ignored')
    return <Pill tone={row.plan.action === 'reject' ? 'bad' : 'quiet'}>{t.imports.action[row.plan.action]}</Pill>;
  if (row.status === 'rejected' || !needsAttention(row))
    return <Pill tone={toneOf(row)}>{t.imports.rowStatus[row.status]}</Pill>;
  // One of two messages may have failed.
  const reached = row.invitations.find(({ state }) => state === 'delivered' || state === 'accepted');
  if (reached) return <Pill tone="warn">{t.imports.reachedBy[reached.channel]}</Pill>;
  return <Pill tone="bad">{t.imports.notReached}</Pill>;
}

function toneOf(row: Row): Tone {
  if (needsAttention(row)) return 'bad';
  if (row.status === 'waiting') return 'warn';
  return row.status === 'pending' ? 'busy' : row.status === 'created' || row.status === 'updated' ? 'good' : 'quiet';
}

/** Nothing to look at: the other channel has reached the person. */
const NOT_NEEDED = 'invitation.not-needed';

/** What is wrong, or what may be; else what became of the messages. */
function FirstProblem({ row }: { row: Row }) {
  const failed = row.invitations.find(({ problem }) => problem !== null && problem.code !== NOT_NEEDED)?.problem;
  const problem = errorsOf(row)[0] ?? failed ?? row.problems[0];
  if (problem) {
    return (
      <span class={problem.severity === 'error' ? 'bad-text' : 'warn-text'} title={`${problem.message} ${problem.fix}`}>
        {problem.message}
      </span>
    );
  }
  const messages = row.invitations.map(
    ({ channel, state, deferred }) =>
      `${t.imports.channel[channel]} ${deferred ? formatMoment(deferred.until) : t.imports.state[state]}`,
  );
  // Its state says it of one that is undone.
  const kept = row.undo && row.undo.outcome !== 'undone' ? [t.undo.outcome[row.undo.outcome].one] : [];
  return <span class="quiet">{[...kept, ...messages].join(' · ')}</span>;
}
