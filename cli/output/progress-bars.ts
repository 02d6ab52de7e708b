import { MultiBar, Presets } from 'cli-progress';
import type { SingleBar } from 'cli-progress';
import { isResting } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import { canRedraw } from './colour';
import { displayWidth, padTo, printable, truncate } from './text';
import type { ImportView } from '../http/views';

export interface ProgressDisplay {
  update(view: ImportView): void;
  /** A remark beside the progress; the same one is made once for all imports until another follows. */
  note(text: string): void;
  /** Leaves the terminal as it was found. May be called again. */
  stop(): void;
}

/** One bar per file on a terminal; elsewhere one line per change of status, since bars that cannot be redrawn pile up. */
export function showProgress(fileNames: Map<string, string>, out: NodeJS.WriteStream): ProgressDisplay {
  const names = new Map([...fileNames].map(([id, name]) => [id, printable(name)]));
  return canRedraw(out) ? bars(names, out) : lines(names, out);
}

/** The bar of 40 columns, its figures and the longest status. */
const BESIDE_NAME = 75;
const NARROWEST_NAME = 12;

function bars(names: Map<string, string>, stream: NodeJS.WriteStream): ProgressDisplay {
  // A bar of two lines cannot be drawn over.
  const room = Math.max(NARROWEST_NAME, stream.columns - BESIDE_NAME);
  const width = Math.min(room, Math.max(...[...names.values()].map(displayWidth)));
  const multi = new MultiBar(
    { format: `  {name} {bar} {percentage}% | {status}`, hideCursor: true, stream, gracefulExit: false },
    Presets.shades_classic,
  );
  const byId = new Map<string, SingleBar>();
  for (const [id, name] of names)
    byId.set(id, multi.create(100, 0, { name: padTo(width, truncate(name, width)), status: 'queued' }));
  return {
    update: (view) => byId.get(view.id)?.update(percentDone(view), { status: view.status }),
    note: once((text) => multi.log(`  ${text}\n`)),
    stop() {
      if (multi.isActive) multi.stop();
    },
  };
}

function lines(names: Map<string, string>, out: NodeJS.WriteStream): ProgressDisplay {
  const last = new Map<string, string>();
  return {
    update({ id, status }) {
      if (last.get(id) === status) return;
      last.set(id, status);
      out.write(`  ${names.get(id)}: ${status}\n`);
    },
    note: once((text) => out.write(`  ${text}\n`)),
    stop: () => undefined,
  };
}

function once(write: (text: string) => void): (text: string) => void {
  let last: string | undefined;
  return (text) => {
    if (text !== last) write(text);
    last = text;
  };
}

/** Percent. A row counts for three steps: itself and its two invitations. */
export function percentDone({ status, lines: total, rows, invitations }: ImportView): number {
  if (isResting(status)) return 100;
  if (total === 0) return 0;
  const open = CHANNELS.reduce((sum, channel) => sum + invitations[channel].pending + invitations[channel].sending, 0);
  return Math.floor((100 * (3 * total - 3 * rows.pending - open)) / (3 * total));
}
