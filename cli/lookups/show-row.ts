import type { Session } from '../commands/session';
import { problemsOfRows } from '../output/listed-problems';
import { formatProblems } from '../output/problem-table';
import { formatCells, formatEvents } from '../output/row-story';
import { terminalWidth } from '../output/table';
import type { LookupOptions } from './find-person';

/** Shows one row with everything that has happened to it. Resolves to 0, whatever has become of it. */
export async function showRow({ api, out }: Session, id: string, line: number, { json }: LookupOptions): Promise<0> {
  const story = await api.rowStory(id, line);
  if (json) {
    out.write(`${JSON.stringify(story, null, 2)}\n`);
    return 0;
  }
  const width = terminalWidth(out);
  const parts = [
    `Row ${story.row}: ${story.status}.`,
    formatCells(story, width),
    ...formatProblems([], problemsOfRows([story]), { listRowWarnings: true, width }),
    formatEvents(story.events, width),
  ];
  out.write(`\n${parts.join('\n\n')}\n`);
  return 0;
}
