import type { Session } from '../commands/session';
import { toJson, writeList } from '../data/formats';
import { ROW_COLUMNS } from '../data/row-columns';
import { correction, formatStep } from '../output/next-steps';
import { problemsOfRows } from '../output/listed-problems';
import { formatProblems } from '../output/problem-table';
import { formatCells, formatEvents } from '../output/row-story';
import { sentenceWidth, terminalWidth } from '../output/table';
import type { LookupOptions } from './find-person';

/** Shows one row with everything that has happened to it. Resolves to 0, whatever has become of it. */
export async function showRow(
  { api, commandLine, out }: Session,
  id: string,
  line: number,
  { output }: LookupOptions,
): Promise<0> {
  const story = await api.findRow(id, line);
  if (output !== 'table') {
    if (output === 'json') out.write(toJson(story));
    else writeList(out, [story], ROW_COLUMNS, output);
    return 0;
  }
  const width = terminalWidth(out);
  const problems = problemsOfRows([story]);
  const step = correction(
    commandLine,
    { id, kind: story.cells.teams === undefined ? 'clients' : 'staff' },
    problems,
    'To correct it',
  );
  const parts = [
    `Row ${story.row}: ${story.status}.${story.undo && story.undo.outcome !== 'undone' ? ` ${story.undo.meaning}.` : ''}`,
    formatCells(story, width),
    ...formatProblems([], problems, {
      ...{ listRowWarnings: true, all: true, width },
      toSeeAll: commandLine(`row ${id} ${line}`),
    }),
    formatEvents(story.events, width),
    ...(step === false ? [] : [formatStep(step, commandLine, sentenceWidth(out))]),
  ];
  out.write(`\n${parts.join('\n\n')}\n`);
  return 0;
}
