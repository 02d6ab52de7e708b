import fs from 'node:fs';
import path from 'node:path';

/** Lines of JSON that survive the death of the process at any moment, because the kernel has them before we go on. */
export interface LedgerFile {
  /** Writes the values in one piece. Throws if the file is closed or the disk refuses; then none of them is in it. */
  append(values: readonly object[]): void;
  clear(): void;
  close(): void;
}

/**
 * Opens `<dataDir>/ledger.jsonl` and reads it back. What stands after the last line feed was torn by a crash before its
 * sender got an answer: it is cut off. Throws if another line cannot be read, for then the file is not ours.
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
      // After closing, the number may belong to another file.
      if (!isOpen) throw new Error('The ledger is closed.');
      const bytes = Buffer.from(addition.map((value) => `${JSON.stringify(value)}\n`).join(''));
      try {
        for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done);
      } catch (error) {
        // A full disk must not leave half a line for the next one to be glued to.
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
