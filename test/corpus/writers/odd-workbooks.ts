import { pack, sheetOf, workbookParts } from './workbook';
import { CLIENT_HEADER } from './write-text';

/**
 * A workbook as some program writes it or another lets it pass: other than Excel's own, and read by LibreOffice, openpyxl and
 * calamine. `npm run workbooks` asks them.
 */
export interface OddWorkbook {
  name: string;
  bytes: Uint8Array;
  /** The rows that people see, the header first. */
  rows: readonly (readonly string[])[];
  /** Why it is read otherwise than by the three. */
  unlikeOthers?: string;
}

type Parts = Record<string, string>;
const SHEET = 'xl/worksheets/sheet1.xml';
const BOOK = 'xl/workbook.xml';
const LIST = 'xl/_rels/workbook.xml.rels';
const STYLES = 'xl/styles.xml';
const TYPES = '[Content_Types].xml';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const PERSON: readonly string[] = [
  'Ann',
  'Lee',
  'ann.lee@example.com',
  '+12025550123',
  'Client',
  'Lee & Co',
  'Mayfair',
];

/** With a fill of the format's own, without which openpyxl reads nothing. */
const goodParts = (): Parts =>
  swap(workbookParts([sheetOf([CLIENT_HEADER, PERSON])]), STYLES, '<fill/>', '<fill><patternFill/></fill>');

function odd(name: string, change: (parts: Parts) => Parts, rows?: OddWorkbook['rows']): OddWorkbook {
  return { name, bytes: pack(change(goodParts())), rows: rows ?? [CLIENT_HEADER, PERSON] };
}

/** Throws where the text is not there: the shape would be an ordinary workbook. */
function swap(parts: Parts, part: string, before: string | RegExp, after: string): Parts {
  const xml = parts[part]!.replace(before, after);
  if (xml === parts[part]) throw new Error(`${part} lacks ${before}`);
  return { ...parts, [part]: xml };
}

const without = (parts: Parts, part: string): Parts =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => name !== part));

function move(parts: Parts, from: string, to: string): Parts {
  const { [from]: xml, ...others } = parts;
  return { ...others, [to]: xml! };
}

/** The company comes from a cell that is given as XML; `#` stands for its place. */
const cell = (
  name: string,
  xml: string,
  expected: string,
  more: (parts: Parts) => Parts = (parts) => parts,
): OddWorkbook =>
  odd(name, (parts) => more(swap(parts, SHEET, /<c r="F2".*?<\/c>/, xml.replace('#', 'F2'))), [
    CLIENT_HEADER,
    PERSON.with(5, expected),
  ]);

const strings =
  (...texts: string[]) =>
  (parts: Parts): Parts => ({
    ...parts,
    'xl/sharedStrings.xml': parts['xl/sharedStrings.xml']!.replace(/<sst.*/s, (sst) =>
      sst.replace('</sst>', `${texts.map((inner) => `<si>${inner}</si>`).join('')}</sst>`),
    ),
  });

/** Style 4 has a format of the writer's own. */
const format =
  (id: number, code: string) =>
  (parts: Parts): Parts =>
    swap(
      swap(
        parts,
        STYLES,
        '<fonts',
        `<numFmts count="1"><numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/></numFmts><fonts`,
      ),
      STYLES,
      '</cellXfs>',
      `<xf numFmtId="${id}" applyNumberFormat="1"/></cellXfs>`,
    );

const DAY = '<c r="#" s="4"><v>45351</v></c>';

const names: OddWorkbook[] = [
  odd('workbook2', (parts) => {
    const moved = move(move(parts, BOOK, 'xl/workbook2.xml'), LIST, 'xl/_rels/workbook2.xml.rels');
    return swap(swap(moved, '_rels/.rels', BOOK, 'xl/workbook2.xml'), TYPES, `/${BOOK}`, '/xl/workbook2.xml');
  }),
  odd('workbook2-beside-an-old-one', (parts) => {
    const moved = move(move(parts, BOOK, 'xl/workbook2.xml'), LIST, 'xl/_rels/workbook2.xml.rels');
    const old = workbookParts([sheetOf([['An old version']], { name: 'Old' })]);
    return {
      ...swap(swap(moved, '_rels/.rels', BOOK, 'xl/workbook2.xml'), TYPES, `/${BOOK}`, '/xl/workbook2.xml'),
      [BOOK]: old[BOOK]!,
      [LIST]: old[LIST]!.replace('sheet1', 'old'),
      'xl/worksheets/old.xml': old[SHEET]!,
    };
  }),
  odd('sheet-outside-xl', (parts) =>
    swap(
      swap(move(parts, SHEET, 'sheets/people.xml'), LIST, 'worksheets/sheet1.xml', '../sheets/people.xml'),
      TYPES,
      `/${SHEET}`,
      '/sheets/people.xml',
    ),
  ),
  odd('absolute-sheet-outside-xl', (parts) =>
    swap(
      swap(move(parts, SHEET, 'data/people.xml'), LIST, 'worksheets/sheet1.xml', '/data/people.xml'),
      TYPES,
      `/${SHEET}`,
      '/data/people.xml',
    ),
  ),
  odd('book-in-the-root', (parts) => {
    const moved = move(move(parts, BOOK, 'workbook.xml'), LIST, '_rels/workbook.xml.rels');
    const listed = {
      ...moved,
      '_rels/workbook.xml.rels': moved['_rels/workbook.xml.rels']!.replaceAll('Target="', 'Target="xl/'),
    };
    return swap(swap(listed, '_rels/.rels', BOOK, 'workbook.xml'), TYPES, `/${BOOK}`, '/workbook.xml');
  }),
  odd('sheet-called-chart-theme-comments', (parts) =>
    swap(
      swap(
        move(parts, SHEET, 'xl/worksheets/pivot-chart theme-comments.xml'),
        LIST,
        'sheet1.xml',
        'pivot-chart%20theme-comments.xml',
      ),
      TYPES,
      `/${SHEET}`,
      '/xl/worksheets/pivot-chart%20theme-comments.xml',
    ),
  ),
  odd('all-of-another-case', (parts) => ({
    ...move(move(parts, SHEET, 'xl/Worksheets/Sheet1.XML'), 'xl/sharedStrings.xml', 'xl/SharedStrings.xml'),
  })),
  cell('shared-strings-case', '<c r="#" t="s"><v>0</v></c>', 'Shared', (parts) =>
    move(strings('<t>Shared</t>')(parts), 'xl/sharedStrings.xml', 'xl/SharedStrings.xml'),
  ),
  cell('shared-strings-elsewhere', '<c r="#" t="s"><v>0</v></c>', 'Shared', (parts) =>
    swap(
      swap(
        move(strings('<t>Shared</t>')(parts), 'xl/sharedStrings.xml', 'strings/texts.xml'),
        LIST,
        'sharedStrings.xml',
        '../strings/texts.xml',
      ),
      TYPES,
      '/xl/sharedStrings.xml',
      '/strings/texts.xml',
    ),
  ),
  cell('shared-strings-not-listed', '<c r="#" t="s"><v>0</v></c>', 'Shared', (parts) =>
    swap(strings('<t>Shared</t>')(parts), LIST, /<Relationship Id="rId3"[^>]*>/, ''),
  ),
  odd('no-shared-strings', (parts) => {
    const others = without(parts, 'xl/sharedStrings.xml');
    return swap(
      swap(others, LIST, /<Relationship Id="rId3"[^>]*>/, ''),
      TYPES,
      /<Override PartName="\/xl\/sharedStrings[^>]*>/,
      '',
    );
  }),
  odd('no-styles', (parts) => {
    const others = without(parts, STYLES);
    return swap(
      swap(others, LIST, /<Relationship Id="rId2"[^>]*>/, ''),
      TYPES,
      /<Override PartName="\/xl\/styles[^>]*>/,
      '',
    );
  }),
  odd('listed-styles-missing', (parts) => {
    return without(parts, STYLES);
  }),
  odd('strict', (parts) => {
    const strict = (xml: string): string =>
      xml
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(OFFICE, 'http://purl.oclc.org/ooxml/officeDocument/relationships');
    return Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strict(xml)]));
  }),
  odd('prefixed-book', (parts) => ({
    ...parts,
    [BOOK]: parts[BOOK]!.replace(/<(\/?)(workbook|workbookPr|sheets|sheet)\b/g, '<$1x:$2').replace(
      'xmlns=',
      'xmlns:x=',
    ),
    [SHEET]: parts[SHEET]!.replace(/<(\/?)(worksheet|sheetData|row|c|is|t|v)\b/g, '<$1x:$2').replace(
      'xmlns=',
      'xmlns:x=',
    ),
    'xl/sharedStrings.xml': parts['xl/sharedStrings.xml']!.replace(/<(\/?)(sst|si|t)\b/g, '<$1x:$2').replace(
      'xmlns=',
      'xmlns:x=',
    ),
  })),
  odd('relationships-of-another-prefix', (parts) => ({
    ...parts,
    [BOOK]: parts[BOOK]!.replace('xmlns:r=', 'xmlns:d3p1=').replace(' r:id=', ' d3p1:id='),
  })),
];

const chartParts = (parts: Parts, place: 'before' | 'after'): Parts => {
  const entry = '<sheet name="Chart1" sheetId="9" r:id="rId9"/>';
  const listed = swap(
    parts,
    BOOK,
    /<sheets>(.*)<\/sheets>/,
    place === 'before' ? `<sheets>${entry}$1</sheets>` : `<sheets>$1${entry}</sheets>`,
  );
  const related = swap(
    listed,
    LIST,
    '</Relationships>',
    `<Relationship Id="rId9" Type="${OFFICE}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
  );
  return {
    ...swap(
      related,
      TYPES,
      '</Types>',
      `<Override PartName="/xl/chartsheets/sheet1.xml" ContentType="${SHEET_TYPE}.chartsheet+xml"/></Types>`,
    ),
    'xl/chartsheets/sheet1.xml': `<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>`,
  };
};

/** The sheet is in an encoding of its own, which its declaration names. */
function encoded(name: string, declared: string, encode: (xml: string) => Uint8Array): OddWorkbook {
  const rows = [CLIENT_HEADER, PERSON.with(0, 'José')];
  const parts = swap(swap(goodParts(), SHEET, '>Ann<', '>José<'), SHEET, 'UTF-8', declared);
  return { name, bytes: pack({ ...parts, [SHEET]: encode(parts[SHEET]!) }), rows };
}

const sheets: OddWorkbook[] = [
  odd('chart-sheet-first', (parts) => chartParts(parts, 'before')),
  odd('chart-sheet-last', (parts) => chartParts(parts, 'after')),
  odd('sheet-of-no-part', (parts) =>
    swap(
      swap(parts, BOOK, '</sheets>', '<sheet name="Lost" sheetId="7" r:id="rId77"/></sheets>'),
      LIST,
      '</Relationships>',
      `<Relationship Id="rId77" Type="${OFFICE}/worksheet" Target="worksheets/lost.xml"/></Relationships>`,
    ),
  ),
  odd('sheet-of-no-relationship', (parts) =>
    swap(parts, BOOK, '</sheets>', '<sheet name="Lost" sheetId="7" r:id="rId77"/></sheets>'),
  ),
  odd('dimension-empty', (parts) => swap(parts, SHEET, '<sheetData>', '<dimension ref=""/><sheetData>')),
  odd('dimension-of-one-cell', (parts) => swap(parts, SHEET, '<sheetData>', '<dimension ref="A1"/><sheetData>')),
  odd('dimension-too-short', (parts) => swap(parts, SHEET, '<sheetData>', '<dimension ref="A1:B1"/><sheetData>')),
  odd('dimension-of-everything', (parts) =>
    swap(parts, SHEET, '<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>'),
  ),
  odd('dimension-nonsense', (parts) => swap(parts, SHEET, '<sheetData>', '<dimension ref="0:0"/><sheetData>')),
  odd('spans-too-short', (parts) => ({ ...parts, [SHEET]: parts[SHEET]!.replaceAll('<row ', '<row spans="1:2" ') })),
  odd('rows-in-the-wrong-order', (parts) =>
    swap(parts, SHEET, /(<row r="1">.*?<\/row>)(<row r="2">.*?<\/row>)/, '$2$1'),
  ),
  odd('cells-in-the-wrong-order', (parts) => swap(parts, SHEET, /(<c r="A2".*?<\/c>)(<c r="B2".*?<\/c>)/, '$2$1')),
  odd('references-in-lower-case', (parts) => ({
    ...parts,
    [SHEET]: parts[SHEET]!.replace(/<c r="(\w+)"/g, (_, place: string) => `<c r="${place.toLowerCase()}"`),
  })),
  odd('a-row-again', (parts) => swap(parts, SHEET, /<row r="2">(<c r="A2".*?<\/c>)/, '<row r="2">$1</row><row r="2">')),
  odd('only-row-references', (parts) => ({ ...parts, [SHEET]: parts[SHEET]!.replace(/<c r="\w+"/g, '<c') })),
  odd('only-cell-references', (parts) => ({ ...parts, [SHEET]: parts[SHEET]!.replace(/<row r="\w+"/g, '<row') })),
  odd('cell-of-another-row', (parts) => swap(parts, SHEET, '<row r="2">', '<row r="1">')),
  odd('two-lists-of-rows', (parts) => swap(parts, SHEET, '<row r="2">', '</sheetData><sheetData><row r="2">')),
  encoded('utf-16', 'UTF-16', (xml) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')])),
  encoded('utf-16-without-mark', 'UTF-16', (xml) => Buffer.from(xml, 'utf16le')),
  encoded('utf-16-that-is-utf-8', 'utf-16', (xml) => Buffer.from(xml)),
  encoded('iso-8859-1', 'ISO-8859-1', (xml) => Buffer.from(xml, 'latin1')),
  encoded('windows-1252', 'windows-1252', (xml) => Buffer.from(xml, 'latin1')),
  odd('no-xml-declaration', (parts) => ({ ...parts, [SHEET]: parts[SHEET]!.replace(/^<\?xml.*\?>\n/, '') })),
  odd('byte-order-mark', (parts) => ({ ...parts, [SHEET]: `\uFEFF${parts[SHEET]!}`, [BOOK]: `\uFEFF${parts[BOOK]!}` })),
  odd('alternate-content', (parts) =>
    swap(
      parts,
      BOOK,
      '<sheets>',
      '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\x\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><sheets>',
    ),
  ),
];

const cells: OddWorkbook[] = [
  cell('style-beyond-the-last', '<c r="#" s="99"><v>42</v></c>', '42'),
  cell('style-beyond-the-last-of-text', '<c r="#" s="99" t="inlineStr"><is><t>x</t></is></c>', 'x'),
  cell('style-empty', '<c r="#" s=""><v>42</v></c>', '42'),
  cell('style-negative', '<c r="#" s="-1"><v>42</v></c>', '42'),
  cell('style-a-word', '<c r="#" s="bold"><v>42</v></c>', '42'),
  cell('boolean-word', '<c r="#" t="b"><v>true</v></c>', 'TRUE'),
  cell('boolean-word-false', '<c r="#" t="b"><v>false</v></c>', 'FALSE'),
  cell('boolean-upper-word', '<c r="#" t="b"><v>TRUE</v></c>', 'TRUE'),
  cell('boolean-two', '<c r="#" t="b"><v>2</v></c>', 'TRUE'),
  cell('boolean-minus-one', '<c r="#" t="b"><v>-1</v></c>', 'TRUE'),
  cell('boolean-fraction', '<c r="#" t="b"><v>1.0</v></c>', 'TRUE'),
  cell('boolean-empty', '<c r="#" t="b"><v></v></c>', ''),
  cell('boolean-spaces', '<c r="#" t="b"><v> 1 </v></c>', 'TRUE'),
  cell('number-with-spaces', '<c r="#"><v> 42 </v></c>', '42'),
  {
    ...cell('number-with-plus', '<c r="#"><v>+42</v></c>', '+42'),
    unlikeOthers: 'a mobile number keeps the plus that somebody wrote',
  },
  cell('number-word', '<c r="#"><v>Lee</v></c>', 'Lee'),
  cell('number-nan', '<c r="#"><v>NaN</v></c>', 'NaN'),
  cell('number-comma', '<c r="#"><v>4,5</v></c>', '4,5'),
  cell('day-word', '<c r="#" s="1"><v>Lee</v></c>', 'Lee'),
  cell('day-of-text', '<c r="#" s="1" t="str"><v>Lee</v></c>', 'Lee'),
  cell('number-inline', '<c r="#"><is><t>Lee</t></is></c>', 'Lee'),
  cell('str-inline', '<c r="#" t="str"><is><t>Lee</t></is></c>', 'Lee'),
  cell('inline-empty', '<c r="#" t="inlineStr"><is/></c>', ''),
  cell('inline-nothing', '<c r="#" t="inlineStr"></c>', ''),
  cell(
    'inline-rich',
    '<c r="#" t="inlineStr"><is><r><t>Le</t></r><r><rPr><b/></rPr><t xml:space="preserve">e </t></r></is></c>',
    'Lee ',
  ),
  cell(
    'inline-phonetic',
    '<c r="#" t="inlineStr"><is><t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh><phoneticPr fontId="1"/></is></c>',
    '田中',
  ),
  cell('shared-with-spaces', '<c r="#" t="s"><v> 0 </v></c>', 'Lee', strings('<t>Lee</t>')),
  cell('shared-fraction', '<c r="#" t="s"><v>0.0</v></c>', 'Lee', strings('<t>Lee</t>')),
  cell('shared-empty', '<c r="#" t="s"><v></v></c>', '', strings('<t>Lee</t>')),
  cell('shared-rich', '<c r="#" t="s"><v>0</v></c>', 'Lee', strings('<r><t>L</t></r><r><rPr><i/></rPr><t>ee</t></r>')),
  cell(
    'shared-rich-and-phonetic',
    '<c r="#" t="s"><v>0</v></c>',
    '田中様',
    strings('<r><t>田中</t></r><r><t>様</t></r><rPh sb="0" eb="2"><t>タナカ</t></rPh>'),
  ),
  cell('shared-after-an-empty-one', '<c r="#" t="s"><v>1</v></c>', 'Lee', (parts) =>
    swap(strings('<t>Lee</t>')(parts), 'xl/sharedStrings.xml', '<si>', '<si/><si>'),
  ),
  cell('escape', '<c r="#" t="inlineStr"><is><t>a_x000D_b_x0041_</t></is></c>', 'a\rbA'),
  cell('escape-of-an-escape', '<c r="#" t="s"><v>0</v></c>', 'a_x0041_', strings('<t>a_x005F_x0041_</t>')),
  cell('space-not-preserved', '<c r="#" t="inlineStr"><is><t> Lee </t></is></c>', ' Lee '),
  cell('space-preserved', '<c r="#" t="inlineStr"><is><t xml:space="preserve"> Lee </t></is></c>', ' Lee '),
  cell('line-break-entity', '<c r="#" t="inlineStr"><is><t>Lee&#10;Co</t></is></c>', 'Lee\nCo'),
  cell('day-of-its-own-type', '<c r="#" t="d"><v>2024-02-29</v></c>', '2024-02-29'),
  cell('day-and-time-of-its-own-type', '<c r="#" t="d"><v>2024-02-29T00:30:00</v></c>', '2024-02-29'),
  cell('day-and-time-with-fraction', '<c r="#" t="d"><v>2024-02-29T23:30:00.000</v></c>', '2024-02-29'),
  cell('day-of-another-zone', '<c r="#" t="d"><v>2024-02-29T23:30:00+09:00</v></c>', '2024-02-29'),
  cell('time-of-its-own-type', '<c r="#" t="d"><v>12:30:00</v></c>', '12:30:00'),
  cell('day-that-is-none', '<c r="#" t="d"><v>Lee</v></c>', 'Lee'),
  cell('day-empty', '<c r="#" t="d"><v></v></c>', ''),
  cell('day-as-number', '<c r="#" t="d" s="1"><v>45351</v></c>', '2024-02-29'),
  cell('error', '<c r="#" t="e"><v>#REF!</v></c>', '#REF!'),
  cell('error-unknown', '<c r="#" t="e"><v>#SPILL!</v></c>', '#SPILL!'),
  cell('error-of-metadata', '<c r="#" t="e" vm="1"><v>#VALUE!</v></c>', '#VALUE!'),
  cell('error-of-formula', '<c r="#" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'),
  { ...cell('error-empty', '<c r="#" t="e"><v></v></c>', '#N/A'), unlikeOthers: 'an error is not nothing' },
  cell('error-as-number', '<c r="#" t="e"><v>42</v></c>', '42'),
  cell('shared-formula', '<c r="#" t="str"><f t="shared" si="0"/><v>Lee</v></c>', 'Lee'),
  cell('array-formula', '<c r="#" t="str" cm="1"><f t="array" ref="F2">A2</f><v>Ann</v></c>', 'Ann'),
  cell('formula-of-text-as-shared', '<c r="#" t="s"><f>A2</f><v>0</v></c>', '', strings('<t>Old</t>')),
  cell('value-before-formula', '<c r="#" t="str"><v>Lee</v><f>A2</f></c>', 'Lee'),
  cell('extension-in-cell', '<c r="#"><v>42</v><extLst><ext uri="x"><v>43</v></ext></extLst></c>', '42'),
];

const DATES: readonly (readonly [code: string, id?: number])[] = [
  ['yyyy-mm-dd'],
  ['dd/mm/yyyy;@'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy'],
  ['[$-409]d\\-mmm\\-yy;@'],
  ['[$-407]d/\\ mmmm\\ yyyy;@'],
  ['[$-411]ggge"年"m"月"d"日";@'],
  ['[$-804]yyyy"年"m"月"d"日"'],
  ['yyyy"년" m"월" d"일"'],
  ['[$-D07041E]d mmm bbbb'],
  ['[$-419]d\\ mmm;@'],
  ['d.m.yyyy'],
  ['dd\\.mm\\.yyyy\\ hh:mm:ss'],
  ['m/d/yy h:mm AM/PM'],
  ['yyyy-mm-dd"T"hh:mm:ss.000'],
  ['[ENG][$-409]d\\-mmm\\-yy;@'],
  ['_(dd/mm/yyyy_)'],
  ['* dd/mm/yyyy'],
  ['mmmmm'],
  ['[$-1010000]d/m/yyyy;@'],
  ['yyyy/mm/dd;;;@'],
  ['dd/mm/yyyy', 14],
  ['yyyy-mm-dd', 5],
  ['yyyy-mm-dd', 0],
  ['[Red]dd/mm/yyyy'],
  ['yyyymmdd'],
  ['ddmmyy'],
  ['TT.MM.JJJJ'],
  ['jj/mm/aaaa'],
  ['dd-mm-jjjj'],
  ['hh:mm dd/mm/yyyy'],
  ['YYYY-MM-DD'],
  ['[$-zh-CN]yyyy/m/d'],
];
const NUMBERS: readonly (readonly [code: string, id?: number])[] = [
  ['0', 14],
  ['00000', 15],
  ['#,##0', 22],
  ['General', 14],
  ['@', 47],
  ['0', 30],
  ['0', 57],
  ['"Day" 0'],
  ['[Red]0;[Blue]-0'],
  ['[$€-407] #,##0'],
  ['0 "days"'],
  ['\\d0'],
  ['[$-409]General'],
  ['#" "?/?'],
  ['0.00E+00'],
  ['"+"0'],
  ['[>9999999](###) ###-####;###-####'],
  ['_-* #,##0\\ [$kr-41D]_-'],
];

const formats: OddWorkbook[] = [
  ...DATES.map(([code, id = 164]) => cell(`date ${id} ${code}`, DAY, '2024-02-29', format(id, code))),
  ...NUMBERS.map(([code, id = 164]) => cell(`number ${id} ${code}`, DAY, '45351', format(id, code))),
  cell('formats-behind-the-styles', DAY, '2024-02-29', (parts) => {
    const styled = format(164, 'yyyy-mm-dd')(parts);
    const [numFmts] = /<numFmts.*<\/numFmts>/.exec(styled[STYLES]!)!;
    return swap(swap(styled, STYLES, numFmts, ''), STYLES, '</styleSheet>', `${numFmts}</styleSheet>`);
  }),
  cell('format-of-a-difference', DAY, '2024-02-29', (parts) =>
    swap(
      format(164, 'yyyy-mm-dd')(parts),
      STYLES,
      '</styleSheet>',
      '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>',
    ),
  ),
  cell('epoch-1904', '<c r="#" s="1"><v>43889</v></c>', '2024-02-29', (parts) =>
    swap(parts, BOOK, '<workbookPr/>', '<workbookPr date1904="1"/>'),
  ),
  cell('epoch-1904-with-an-extension', '<c r="#" s="1"><v>43889</v></c>', '2024-02-29', (parts) =>
    swap(
      swap(parts, BOOK, '<workbookPr/>', '<workbookPr date1904="1"/>'),
      BOOK,
      '</workbook>',
      '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>',
    ),
  ),
];

export const ODD_WORKBOOKS: readonly OddWorkbook[] = [...names, ...sheets, ...cells, ...formats];
