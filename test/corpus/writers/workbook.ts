import { strToU8, zipSync } from 'fflate';
import type { Zippable } from 'fflate';

/** Any day will do: with the time of its making in it, no two archives would be alike. */
export const DATE_IN_ARCHIVE = new Date(2026, 0, 1);

/** A cell as the XML of a sheet has it; a plain string is an inline string in the next column. */
export interface Cell {
  /** Its type: `n` unless told. */
  t?: 'n' | 's' | 'str' | 'inlineStr' | 'b' | 'e' | 'd';
  /** Its value; of a shared string the index. */
  v?: string | number;
  /** Its formula. */
  f?: string;
  /** Index of its style. */
  s?: number;
  /** Inner XML of an inline string, instead of a value. */
  is?: string;
}

export type SheetRow = readonly (Cell | string | null)[];

interface Sheet {
  name: string;
  /** By their numbers; a list begins at row 1. */
  rows: readonly SheetRow[] | ReadonlyMap<number, SheetRow>;
  state?: 'hidden' | 'veryHidden';
  /** What follows the rows, such as merged cells. */
  after?: string;
  /** Whether rows and cells leave out their numbers, as the format allows. */
  withoutReferences?: boolean;
}

interface WorkbookOptions {
  sharedStrings?: readonly string[];
  /** Parts that are added or put in place of others. */
  parts?: Readonly<Record<string, string>>;
  date1904?: boolean;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The parts of a workbook, written the way Excel does and small enough to be read by a person. */
export function workbookParts(sheets: readonly Sheet[], options: WorkbookOptions = {}): Record<string, string> {
  const { sharedStrings = [], parts = {}, date1904 = false } = options;
  const ids = sheets.map((_, i) => i + 1);
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${ids.map((id) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets.map(({ name, state }, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${ids.map((id) => `<Relationship Id="rId${id}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}<Relationship Id="rId${ids.length + 1}" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/><Relationship Id="rId${ids.length + 2}" Type="${RELATIONSHIPS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    // Style 1 is a date, style 2 scientific notation, style 3 text.
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="11" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" count="${sharedStrings.length}" uniqueCount="${sharedStrings.length}">${sharedStrings.map((inner) => `<si>${inner}</si>`).join('')}</sst>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
    ...parts,
  };
}

/** Packs parts into an archive, always into the same bytes. */
export function pack(parts: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const files: Zippable = {};
  for (const [name, part] of Object.entries(parts)) files[name] = typeof part === 'string' ? strToU8(part) : part;
  return zipSync(files, { mtime: DATE_IN_ARCHIVE, level });
}

export const workbook = (sheets: readonly Sheet[], options?: WorkbookOptions): Uint8Array =>
  pack(workbookParts(sheets, options));

/** One sheet of inline strings, beginning in row 1. */
export const sheetOf = (rows: Sheet['rows'], more: Partial<Sheet> = {}): Sheet => ({ name: 'Sheet1', rows, ...more });

function sheetXml({ rows, after = '', withoutReferences = false }: Sheet): string {
  const numbered: Iterable<readonly [number, SheetRow]> = Array.isArray(rows)
    ? rows.map((row: SheetRow, i) => [i + 1, row] as const)
    : (rows as ReadonlyMap<number, SheetRow>);
  const xml = [...numbered].map(([line, cells]) => {
    const inner = cells.map((cell, i) =>
      cell === null ? '' : cellXml(cell, withoutReferences ? '' : `${letters(i)}${line}`),
    );
    return `<row${withoutReferences ? '' : ` r="${line}"`}>${inner.join('')}</row>`;
  });
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${xml.join('')}</sheetData>${after}</worksheet>`;
}

function cellXml(cell: Cell | string, reference: string): string {
  const { t, v, f, s, is } =
    typeof cell === 'string' ? { t: 'inlineStr' as const, is: text(cell) } : (cell as Cell & { is?: string });
  const attributes = [reference && ` r="${reference}"`, s === undefined ? '' : ` s="${s}"`, t ? ` t="${t}"` : ''].join(
    '',
  );
  const inner = [
    f === undefined ? '' : `<f>${escape(f)}</f>`,
    v === undefined ? '' : `<v>${escape(`${v}`)}</v>`,
    is === undefined ? '' : `<is>${is}</is>`,
  ].join('');
  return `<c${attributes}>${inner}</c>`;
}

/** A text as the XML of a string has it. */
export const text = (content: string): string => `<t xml:space="preserve">${escape(content)}</t>`;

const escape = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
