import type { Session } from '../commands/session';
import { toJson } from '../data/formats';
import { problemsOfRows } from '../output/listed-problems';
import { formatProblems } from '../output/problem-table';
import { formatCells, formatEvents } from '../output/row-story';
import { terminalWidth } from '../output/table';
import type { LookupOptions } from './find-person';

/** Shows one row with everything that has happened to it. Resolves to 0, whatever has become of it. */
export async function showRow(
  { api, commandLine, out }: Session,
  id: string,
  line: number,
  { output }: LookupOptions,
): Promise<0> {
  const story = await api.findRow(id, line);
  if (output === 'json') {
    out.write(toJson(story));
    return 0;
  }
  const width = terminalWidth(out);
  const parts = [
    `Row ${story.row}: ${story.status}.${story.undo && story.undo.outcome !== 'undone' ? ` ${story.undo.meaning}.` : ''}`,
    formatCells(story, width),
    ...formatProblems([], problemsOfRows([story]), {
      ...{ listRowWarnings: true, all: true, width },
      toSeeAll: commandLine(`row ${id} ${line}`),
    }),
    formatEvents(story.events, width),
  ];
  out.write(`\n${parts.join('\n\n')}\n`);
  return 0;
}
