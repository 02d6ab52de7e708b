const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A line of the file as bytes of UTF-8, `end` exclusive and without the line break. */
interface PhysicalLine {
  /** The spreadsheet row it belongs to: a line break between quotation marks does not begin a new row. */
  row: number;
  start: number;
  end: number;
}

/**
 * Finds the first line that satisfies `test`. It looks at bytes only, before anything is parsed, so it also works for
 * files that may be unreadable.
 */
export function findLine(bytes: Uint8Array, test: (line: PhysicalLine) => boolean): PhysicalLine | undefined {
  let row = 1;
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) quoted = !quoted;
    if (byte !== LF && byte !== CR && i < bytes.length) continue;
    const line = { row, start, end: i };
    if (test(line)) return line;
    if (byte === CR && bytes[i + 1] === LF) i++;
    start = i + 1;
    if (!quoted) row++;
  }
  return undefined;
}

/** The spreadsheet row that the byte at an offset belongs to. */
export const rowAt = (bytes: Uint8Array, offset: number): number | undefined =>
  findLine(bytes, ({ end }) => end >= offset)?.row;

/** The bytes of the first rows, so many of them. */
export const firstRows = (bytes: Uint8Array, count: number): Uint8Array =>
  bytes.subarray(0, findLine(bytes, ({ row }) => row > count)?.start ?? bytes.length);

/** Whether a text has more than `count` line breaks, be they in cells; twice as many where each has two signs. */
export function hasMoreLines(bytes: Uint8Array, count: number): boolean {
  if (bytes.length <= count) return false;
  let lines = 0;
  for (const byte of bytes) if ((byte === LF || byte === CR) && ++lines > count) return true;
  return false;
}

/** Programs of DOS ended their files with it, and some that came after still do. */
const END_OF_FILE = 26;
const BLANK = new Set([LF, CR, END_OF_FILE, ...Buffer.from(' \t,;|')]);

/** Without a view or a function a line: files are asked that have millions of them. */
function isFilled(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte !== QUOTE && !BLANK.has(byte)) return true;
  }
  return false;
}

/** How many spreadsheet rows have something in them, the header included. */
export function countFilledRows(bytes: Uint8Array): number {
  let filled = 0;
  let last = 0;
  findLine(bytes, ({ row, start, end }) => {
    if (row !== last && isFilled(bytes, start, end)) {
      filled++;
      last = row;
    }
    return false;
  });
  return filled;
}

/** The bytes from the first line on that holds something. */
export function withoutLeadingBlankLines(bytes: Uint8Array): Uint8Array {
  const first = findLine(bytes, ({ start, end }) => bytes.subarray(start, end).some((byte) => !BLANK.has(byte)));
  return bytes.subarray(first?.start ?? bytes.length);
}

/**
 * Cuts off what a spreadsheet leaves below the last client: up to a million rows of nothing but delimiters. Only whole
 * lines go; the last line that holds something stays as it is.
 */
export function withoutTrailingBlankLines(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && BLANK.has(bytes[end - 1]!)) end--;
  if (end === 0) return bytes.subarray(0, 0);
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
  return bytes.subarray(0, end);
}
