import { Writable } from 'node:stream';
import { createLogger } from '../../platform/logger';

export type LogLine = Record<string, unknown> & { level: number; msg: string };

/** A logger whose lines are kept. */
export function keepLines(level = 'info') {
  const lines: LogLine[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line) as LogLine);
      done();
    },
  });
  return { lines, log: createLogger('test', level, destination) };
}
