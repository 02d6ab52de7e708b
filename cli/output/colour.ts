import { styleText } from 'node:util';
import type { ImportStatus } from '../../contract/import-status';

const COLOURS: Partial<Record<ImportStatus, 'green' | 'yellow' | 'red'>> = {
  completed: 'green',
  'completed-with-problems': 'yellow',
  'needs-attention': 'yellow',
  'awaiting-approval': 'yellow',
  scheduled: 'yellow',
  waiting: 'yellow',
  paused: 'yellow',
  failed: 'red',
  cancelled: 'red',
};

/** The status, in colour on a terminal that has colours, unless `NO_COLOR` is set. The word alone says everything. */
export function paintStatus(status: ImportStatus, out: Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>): string {
  const colour = COLOURS[status];
  return colour && out.isTTY && out.hasColors() ? styleText(colour, status) : status;
}
