import { strToU8, Zip, ZipDeflate } from 'fflate';
import { columnLetter } from '../columns';

/** Any fixed day: with the current time in it, every workbook would have other bytes. */
const DATE_IN_ARCHIVE = new Date(2026, 0, 1);
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
/** A cell has no more, by the limits of Excel. */
const MOST_CHARACTERS = 32_767;
/** XML 1.0 has no signs for these, and none for half a character. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const FRAME: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  // The second format is text (49), so that a number that somebody types into such a cell keeps its zeroes.
  'xl/styles.xml':
    `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
    `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

/**
 * A workbook with one sheet, as it is made: `pages` are its rows, each cell a text. The kept library makes a workbook in one go, which
 * takes some seconds for a few thousand rows, and holds everything else of the process for as long. Nothing is a formula, whatever a
 * cell begins with. Longer texts than a cell may have are cut.
 */
export async function* streamWorkbook(
  sheet: string,
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  const taken = (): Uint8Array[] => {
    const made = parts.filter(({ length }) => length > 0);
    parts = [];
    return made;
  };
  const begin = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = DATE_IN_ARCHIVE;
    zip.add(file);
    return file;
  };
  const workbook =
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
    `<sheet name="${escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`;
  for (const [name, xml] of Object.entries({ ...FRAME, 'xl/workbook.xml': workbook }))
    begin(name).push(strToU8(HEAD + xml), true);

  const rows = begin('xl/worksheets/sheet1.xml');
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  rows.push(
    strToU8(
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews>` +
        '<cols><col min="1" max="20" width="18" customWidth="1"/></cols><sheetData>',
    ),
  );
  let line = 0;
  for await (const page of pages) {
    rows.push(strToU8(page.map((cells) => rowOf(cells, ++line)).join('')));
    yield* taken();
  }
  rows.push(strToU8('</sheetData></worksheet>'), true);
  zip.end();
  yield* taken();
}

/** With the address of each cell, without which some readers find none. */
function rowOf(cells: readonly string[], line: number): string {
  const texts = cells.map(
    (cell, i) =>
      `<c r="${columnLetter(i)}${line}" s="1" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`,
  );
  return `<row r="${line}">${texts.join('')}</row>`;
}

/** `_x41_` in a cell is an escape of Excel's own, so its underscore is escaped by one. */
const escape = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(FORBIDDEN, '')
    .replace(/[&<>]/g, (sign) => ENTITIES[sign]!)
    .replaceAll('"', '&quot;');
