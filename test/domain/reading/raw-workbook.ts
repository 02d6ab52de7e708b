import { strToU8, zipSync } from 'fflate';

const declarationOf = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}" standalone="yes"?>\n`;
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** Style 0 is a plain number, 1 a day, 2 a day and time of the writer's own format. */
const STYLES =
  `<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts>` +
  '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>';

export interface RawSheet {
  name?: string;
  /** What stands between the tags of `sheetData`. */
  rows: string;
  state?: string;
}

/** The files of a workbook whose sheets are given as XML, as odd as a test needs them. */
export function partsOf(sheets: readonly RawSheet[], sharedStrings: readonly string[] = []): Record<string, string> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml':
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>` +
      sheets
        .map(({ name, state }, i) => {
          const visible = state === undefined ? '' : ` state="${state}"`;
          return `<sheet name="${name ?? `Sheet${i + 1}`}" sheetId="${i + 1}"${visible} r:id="rId${i + 1}"/>`;
        })
        .join('') +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships>' +
      sheets
        .map(
          (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
        )
        .join('') +
      `<Relationship Id="s" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${sharedStrings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
  };
  sheets.forEach(({ rows }, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`;
  });
  return parts;
}

/** Level 0 stores the parts as they are. */
export const archiveOf = (parts: Readonly<Record<string, string>>, level: 0 | 1 = 1, encoding = 'UTF-8'): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(declarationOf(encoding) + xml)])),
    { level },
  );

export const rawWorkbook = (sheets: readonly RawSheet[], sharedStrings?: readonly string[]): Uint8Array =>
  archiveOf(partsOf(sheets, sharedStrings));

/** A cell with text of its own; `place` such as B3. */
export const cellXml = (place: string, text: string): string =>
  `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;

/** A row of texts from column A on. */
export const rowXml = (line: number, cells: readonly string[]): string =>
  `<row r="${line}">${cells.map((cell, i) => cellXml(`${String.fromCharCode(65 + i)}${line}`, cell)).join('')}</row>`;

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The same archive as a program writes it that is prepared for gigabytes; what it says of itself may be a lie. */
export function asZip64(archive: Uint8Array, lies: { count?: number; size?: number } = {}): Uint8Array {
  const bytes = Buffer.from(archive);
  const end = bytes.subarray(-22);
  const directoryAt = end.readUInt32LE(16);
  const directory: Buffer[] = [];
  for (let at = directoryAt; at < bytes.length - 22;) {
    const header = bytes.subarray(at, at + 46);
    const next = at + 46 + header.readUInt16LE(28);
    const extra = Buffer.from([1, 0, 24, 0, ...Buffer.alloc(24)]);
    extra.writeBigUInt64LE(BigInt(lies.size ?? header.readUInt32LE(24)), 4);
    extra.writeBigUInt64LE(BigInt(header.readUInt32LE(20)), 12);
    extra.writeBigUInt64LE(BigInt(header.readUInt32LE(42)), 20);
    header.fill(0xff, 20, 28).fill(0xff, 42, 46).writeUInt16LE(extra.length, 30);
    directory.push(bytes.subarray(at, next), extra);
    at = next;
  }
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06');
  record.writeBigUInt64LE(BigInt(lies.count ?? end.readUInt16LE(10)), 32);
  record.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07');
  const recordAt = directory.reduce((sum, { length }) => sum + length, directoryAt);
  locator.writeBigUInt64LE(BigInt(recordAt), 8);
  end.fill(0xff, 8, 20);
  return Buffer.concat([bytes.subarray(0, directoryAt), ...directory, record, locator, end]);
}
