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

type Out = Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>;

/**
 * Whether text may have colours: on a terminal that has them, unless `NO_COLOR` holds something (https://no-color.org; Node takes an
 * empty one for set, too), and everywhere with `FORCE_COLOR` of 1, 2, 3 or true, as in the log of a CI that shows them.
 */
function hasColours(out: Out, env: NodeJS.ProcessEnv): boolean {
  if (env['FORCE_COLOR']) return /^(1|2|3|true)$/.test(env['FORCE_COLOR']);
  const { NO_COLOR, ...rest } = env;
  return !NO_COLOR && out.isTTY && out.hasColors(rest);
}

/** The status, in colour where that may be. The word alone says everything. */
export function paintStatus(status: ImportStatus, out: Out, env: NodeJS.ProcessEnv = process.env): string {
  const colour = COLOURS[status];
  return colour && hasColours(out, env) ? styleText(colour, status, { validateStream: false }) : status;
}

/** Whether lines can be drawn again: a terminal that says that it is dumb, as in an editor, shows the codes for that as text. */
export const canRedraw = ({ isTTY }: Pick<Out, 'isTTY'>, env: NodeJS.ProcessEnv = process.env): boolean =>
  isTTY && env['TERM'] !== 'dumb';
