import fs from 'node:fs';
import path from 'node:path';

/** Lines of JSON that survive the death of the process at any moment: the kernel has them when `append` returns. */
export interface LedgerFile {
  /** All or nothing. Throws if the file is closed or the disk is full. */
  append(values: readonly object[]): void;
  clear(): void;
  close(): void;
}

/**
 * Opens `<dataDir>/ledger.jsonl` and reads it back. A crash may leave half a line at the end, whose sender got no answer:
 * it is cut off. Throws if another line is not JSON.
 */
export function openLedgerFile(dataDir: string): { file: LedgerFile; values: unknown[] } {
  fs.mkdirSync(dataDir, { recursive: true });
  const name = path.join(dataDir, 'ledger.jsonl');
  const fd = fs.openSync(name, 'a+');
  const content = fs.readFileSync(fd);
  let size = content.lastIndexOf('\n') + 1;
  if (size < content.length) fs.ftruncateSync(fd, size);
  const values = content
    .toString('utf8', 0, size)
    .split('\n')
    .slice(0, -1)
    .map((line, i) => parseLine(line, `${name}, line ${i + 1}`));
  let isOpen = true;
  const file: LedgerFile = {
    append(addition) {
      // A closed file descriptor may belong to another file by now.
      if (!isOpen) throw new Error('The ledger is closed.');
      const bytes = Buffer.from(addition.map((value) => `${JSON.stringify(value)}\n`).join(''));
      try {
        for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done);
      } catch (error) {
        // The next line must not continue half a line that a full disk has left.
        fs.ftruncateSync(fd, size);
        throw error;
      }
      size += bytes.length;
    },
    clear() {
      fs.ftruncateSync(fd, 0);
      size = 0;
    },
    close() {
      isOpen = false;
      fs.closeSync(fd);
    },
  };
  return { file, values };
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`${place}: not JSON. The ledger has been changed by hand; repair it or move it away.`);
  }
}
