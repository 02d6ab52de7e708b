import { invitationsInNeed } from '../contract/progress';
import { formatRowSet } from '../contract/row-set';
import type { Problem } from '../contract/problem';
import type { ApiClient, ImportView, RowView } from './api-client';

export interface Attention {
  line: number | null;
  where: string;
  code: string;
  text: string;
}

/** What a person has to look at in one import: problems of the file, refused rows, invitations that were not sent. */
export async function findAttention(api: ApiClient, view: ImportView): Promise<Attention[]> {
  if (view.problems.length > 0) return view.problems.map((problem) => fromProblem(problem.line, problem));
  const rejected = view.rows.rejected > 0 ? await api.rows(view.id, 'rejected') : [];
  const uninvited =
    invitationsInNeed(view) > 0
      ? (
          await Promise.all((['failed', 'bounced', 'unconfirmed'] as const).map((state) => api.rows(view.id, state)))
        ).flat()
      : [];
  const byLine = new Map([...rejected, ...uninvited].map((row) => [row.row, row]));
  return [...byLine.values()].sort((a, b) => a.row - b.row).flatMap(fromRow);
}

function fromRow(row: RowView): Attention[] {
  const errors = row.problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => fromProblem(row.row, problem));
  const invitations = row.invitations
    .filter(({ state }) => state === 'failed' || state === 'bounced' || state === 'unconfirmed')
    .flatMap(({ channel, problem }) => (problem ? [{ ...fromProblem(row.row, problem), where: channel }] : []));
  return [...errors, ...invitations];
}

const fromProblem = (line: number | null, { code, letter, column, message, fix }: Problem): Attention => ({
  line,
  where: [letter, column].filter(Boolean).join(' '),
  code,
  text: `${message} ${fix}`,
});

const HEADINGS = { line: 'LINE', where: 'COLUMN', code: 'CODE', text: 'WHAT IS WRONG, AND WHAT TO DO' };
const GAP = 2;

/** What is said of several lines alike is said once. */
function group(found: Attention[]): (typeof HEADINGS)[] {
  const groups = new Map<string, Attention[]>();
  for (const item of found) {
    const key = JSON.stringify([item.where, item.code, item.text]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].map((alike) => {
    const { where, code, text } = alike[0]!;
    return { line: formatRowSet(alike.flatMap(({ line }) => line ?? [])) || '-', where, code, text };
  });
}

/** A table for a terminal of `width` columns; long sentences go on in the lines below. */
export function formatAttention(found: Attention[], width: number): string {
  const rows = [HEADINGS, ...group(found)];
  const widest = (key: 'line' | 'where' | 'code'): number => Math.max(...rows.map((row) => row[key].length)) + GAP;
  const [line, where, code] = [widest('line'), widest('where'), widest('code')];
  const indent = line + where + code;
  return rows
    .flatMap((row) => {
      const [first = '', ...more] = wrap(row.text, Math.max(30, width - indent - GAP));
      return [
        `${row.line.padEnd(line)}${row.where.padEnd(where)}${row.code.padEnd(code)}${first}`,
        ...more.map((rest) => ' '.repeat(indent) + rest),
      ];
    })
    .map((text) => ' '.repeat(GAP) + text)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function formatTotals(view: ImportView): string {
  const { rows, invitations, lines } = view;
  if (view.problems.length > 0)
    return `${view.fileName}: ${view.status}. The file as a whole was refused; nothing of it was imported.`;
  const sent = ({ sent, delivered }: Record<'sent' | 'delivered', number>): number => sent + delivered;
  return (
    `${view.fileName}: ${view.status}. ${many(lines, 'line')}, ${many(rows.created, 'client')} created, ${many(rows.rejected, 'row')} refused; ` +
    `invited ${sent(invitations.email)} by e-mail and ${sent(invitations.sms)} by SMS` +
    (invitationsInNeed(view) > 0 ? `; ${many(invitationsInNeed(view), 'invitation')} to look at.` : '.')
  );
}

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
