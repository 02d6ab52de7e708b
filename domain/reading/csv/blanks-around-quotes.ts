const QUOTE = 34;
const BLANK = 32;
const LF = 10;
const CR = 13;

/**
 * The text with the blanks around quoted cells moved to where the parser bears them, as LibreOffice reads them: `Ann, "Lee"` loses
 * the blank before the mark, and `"Ann" ,` keeps the one behind it at the end of the cell. (Excel does the same behind the
 * mark, and takes a mark behind a blank for a letter: it would divide `Ann, "Lee, Inc."`.) Line breaks stay where they are,
 * and a cell with other text around its marks is left alone.
 */
export function withBlanksInside(bytes: Uint8Array, delimiter: string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes(' "') && !text.includes('" ')) return bytes;
  const separator = delimiter.charCodeAt(0);
  const isEnd = (at: number): boolean =>
    at >= text.length || text[at] === separator || text[at] === LF || text[at] === CR;
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (let start = 0; start < text.length;) {
    const opening = afterBlanks(text, start);
    const closing = text[opening] === QUOTE ? closingQuote(text, opening) : -1;
    const end = closing < 0 ? -1 : afterBlanks(text, closing + 1);
    if (end >= 0 && isEnd(end)) {
      parts.push(text.subarray(copied, start), text.subarray(opening, closing), text.subarray(closing + 1, end), MARK);
      copied = end;
    }
    let next = end >= 0 && isEnd(end) ? end : start;
    while (!isEnd(next)) next++;
    start = next + 1;
  }
  return Buffer.concat([...parts, text.subarray(copied)]);
}

const MARK = Buffer.from('"');

function afterBlanks(text: Uint8Array, from: number): number {
  let at = from;
  while (text[at] === BLANK) at++;
  return at;
}

/** Where the cell that opens here is closed, over marks written twice; -1 if nowhere. */
function closingQuote(text: Buffer, opening: number): number {
  let at = text.indexOf(QUOTE, opening + 1);
  while (at >= 0 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}
