/** What is neither element nor text, by how it begins and ends. */
const NOT_ELEMENTS: readonly { begin: string; end: string; isText?: true }[] = [
  { begin: '<!--', end: '-->' },
  { begin: '<?', end: '?>' },
  { begin: '<![CDATA[', end: ']]>', isText: true },
];
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The XML of a part of a workbook as nothing but elements and text. Comments and instructions would cut a text in two
 * for the parser, and it does not see what is in a CDATA section. `undefined` where one of these is not closed, and where a
 * document type is declared: no spreadsheet program does that, only somebody who wants to define entities.
 */
export function toPlainXml(part: Uint8Array): string | undefined {
  const xml = new TextDecoder().decode(part);
  if (!xml.includes('<!') && !xml.includes('<?')) return xml;
  // Walked from one to the next: a pattern would look for the end of each that has none in all of the rest.
  const pieces: string[] = [];
  let at = 0;
  for (let next = findMark(xml, 0); next >= 0; next = findMark(xml, at)) {
    const kind = NOT_ELEMENTS.find(({ begin }) => xml.startsWith(begin, next));
    const end = kind ? xml.indexOf(kind.end, next + kind.begin.length) : -1;
    if (!kind || end < 0) return undefined;
    pieces.push(xml.slice(at, next));
    if (kind.isText) pieces.push(escape(xml.slice(next + kind.begin.length, end)));
    at = end + kind.end.length;
  }
  return pieces.join('') + xml.slice(at);
}

/** Where the next `<!` or `<?` is, from a place on; negative where there is none. */
function findMark(xml: string, from: number): number {
  MARK.lastIndex = from;
  return MARK.exec(xml)?.index ?? -1;
}

const MARK = /<[!?]/g;

const escape = (text: string): string => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]!);

/** Where in the XML a text or a tag begins that is longer than is allowed, and what is allowed; if there is one. */
export function findLongRun(
  xml: string,
  allowed: { text: number; tag: number },
): { at: number; max: number } | undefined {
  let close = -1;
  for (let open = xml.indexOf('<'), before = 0; ;) {
    const end = open < 0 ? xml.length : open;
    if (end - before > allowed.text) return { at: before, max: allowed.text };
    if (open < 0) return undefined;
    const next = xml.indexOf('<', open + 1);
    // The next closing bracket is looked for only once it was passed: else a part of opening ones only takes for ever.
    if (close < open) close = xml.indexOf('>', open);
    if (close < 0) close = xml.length;
    const tagEnd = Math.min(close, next < 0 ? xml.length : next);
    if (tagEnd - open > allowed.tag) return { at: open, max: allowed.tag };
    before = tagEnd;
    open = next;
  }
}
