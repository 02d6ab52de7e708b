import { posix } from 'node:path';
import { attributeOf, LongRunError, ownCopy, readXml, unescapeText } from './archive/read-xml';
import { readCalculation } from './calculation';
import type { Calculation } from './calculation';
import { isDateFormat } from './date-format';
import { NOT_A_WORKBOOK, PACKAGE_RELATIONSHIPS, USUAL_WORKBOOK_PART } from './archive/workbook-archive';
import type { WorkbookParts } from './archive/workbook-archive';
import { SharedTexts } from '../shared-texts';
import { otherKind } from './archive/workbook-error';
import type { ZipEntry } from './archive/zip-archive';

/** A worksheet that people see, in the order of the tabs. Chart sheets have no cells and are none. */
export interface ListedSheet {
  name: string;
  part: ZipEntry;
}

export interface WorkbookContents {
  sheets: ListedSheet[];
  /** The names of the sheets that people do not see. */
  hiddenSheets: string[];
  /** Whether days are counted from 1904 instead of 1900. */
  isEpoch1904: boolean;
  strings: SharedStrings;
  /** By the index of the cell style, whether it shows a number as a date. */
  dateStyles: boolean[];
  calculation: Calculation;
}

export interface SharedStrings {
  texts: SharedTexts;
  /** Set where the reading ended at a text that is too long: how many characters were allowed. Its index is that of the end. */
  maxCharacters?: number;
}

/** Beside worksheets there are sheets for charts, dialogs and macros, which have no cells of people. */
const SHEET_TYPE = /sheet$/i;

/** Reads everything that the sheets refer to. The names of the parts are found by their relationships. */
export async function readContents(parts: WorkbookParts): Promise<WorkbookContents> {
  const name = await findWorkbookPart(parts);
  const relationships = await readRelationships(parts, name);
  const { listed, hiddenSheets, isEpoch1904 } = await readWorkbookPart(partCalled(parts, name));
  const sheets = new Map<string, ListedSheet>();
  for (const { name, id } of listed) {
    const sheet = relationships.find((one) => one.id === id);
    if (sheet && !SHEET_TYPE.test(sheet.type)) throw new Error(`The sheet ${name} refers to no sheet`);
    // Spreadsheet programs pass over what a list names and the archive lacks.
    if (sheet?.type !== 'worksheet' || sheets.has(sheet.target) || !parts.has(sheet.target)) continue;
    sheets.set(sheet.target, { name, part: partCalled(parts, sheet.target) });
  }
  if (sheets.size === 0 && listed.length > 0 && !hasOnlyOtherSheets(listed, relationships))
    throw new Error('Every sheet of the list is missing');
  const optionalPart = (type: string): ZipEntry | undefined =>
    parts.get(
      relationships.findLast((one) => one.type === type && parts.has(one.target))?.target ??
        posix.join(posix.dirname(name), `${type}.xml`),
    );
  return {
    sheets: [...sheets.values()],
    hiddenSheets,
    isEpoch1904,
    strings: await readSharedStrings(optionalPart('sharedStrings')),
    dateStyles: await readDateStyles(optionalPart('styles')),
    calculation: await readCalculation(partCalled(parts, name), await findPropertiesPart(parts)),
  };
}

function partCalled(parts: WorkbookParts, name: string): ZipEntry {
  const part = parts.get(name);
  if (!part) throw new Error(`The part ${name} is missing`);
  return part;
}

/** An old workbook can be left under the usual name, beside the one that the archive names as its document. */
async function findWorkbookPart(parts: WorkbookParts): Promise<string> {
  const document = await findOfWhole(parts, 'officeDocument');
  if (document !== undefined) return document;
  if (parts.has(USUAL_WORKBOOK_PART)) return USUAL_WORKBOOK_PART;
  throw otherKind(NOT_A_WORKBOOK);
}

const findPropertiesPart = async (parts: WorkbookParts): Promise<ZipEntry | undefined> =>
  parts.get((await findOfWhole(parts, 'extended-properties')) ?? 'docProps/app.xml');

/** The name of a part that the archive as a whole refers to; `undefined` where it is not there. */
async function findOfWhole(parts: WorkbookParts, type: string): Promise<string | undefined> {
  if (!parts.has(PACKAGE_RELATIONSHIPS)) return undefined;
  const found = (await readRelationships(parts, '')).find((one) => one.type === type && parts.has(one.target));
  return found?.target;
}

/** Whether there is nothing to be read, as in a workbook of one chart. */
const hasOnlyOtherSheets = (listed: readonly { id: string }[], relationships: readonly Relationship[]): boolean =>
  listed.every(({ id }) => relationships.some((one) => one.id === id && one.type !== 'worksheet'));

interface Relationship {
  id: string;
  /** The last step of its address; the steps before it say by which edition of the standard. */
  type: string;
  /** The name of the part; its letter case may be another. */
  target: string;
}

/** Reads what a part refers to; '' stands for the whole archive. */
async function readRelationships(parts: WorkbookParts, source: string): Promise<Relationship[]> {
  const { dir, base } = posix.parse(source);
  const part = partCalled(parts, source === '' ? PACKAGE_RELATIONSHIPS : posix.join(dir, '_rels', `${base}.rels`));
  const relationships: Relationship[] = [];
  await readXml(part, {
    open: (name, { Id: id = '', Type: type = '', Target: target_ = '', TargetMode: mode = '' }) => {
      if (name !== 'Relationship' || mode === 'External') return;
      const path = target_.replaceAll('\\', '/');
      const target = posix.join(path.startsWith('/') ? '' : dir, path).replace(/^(?:\.\.)?\/+/, '');
      relationships.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target });
    },
  });
  return relationships;
}

async function readWorkbookPart(part: ZipEntry) {
  const listed: { name: string; id: string }[] = [];
  const hiddenSheets: string[] = [];
  let isEpoch1904 = false;
  await readXml(part, {
    open: (name, attributes) => {
      // An extension of Excel has an element of that name too, without this attribute.
      if (name === 'workbookPr') isEpoch1904 ||= ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet' || !attributes.name) return;
      if (/^(?:hidden|veryHidden)$/.test(attributes.state ?? '')) hiddenSheets.push(attributes.name);
      else listed.push({ name: attributes.name, id: attributeOf(attributes, 'id') ?? '' });
    },
  });
  return { listed, hiddenSheets, isEpoch1904 };
}

async function readSharedStrings(part: ZipEntry | undefined): Promise<SharedStrings> {
  const texts = new SharedTexts();
  if (!part) return { texts };
  let text: string | undefined;
  let isReading = false;
  let isPhonetic = false;
  try {
    await readXml(part, {
      open: (name) => {
        if (name === 'si') text = '';
        if (name === 'rPh') isPhonetic = true;
        isReading = name === 't' && !isPhonetic;
      },
      text: (piece) => {
        if (isReading && text !== undefined) text += piece;
      },
      close: (name) => {
        isReading = false;
        if (name === 'rPh') isPhonetic = false;
        if (name !== 'si' || text === undefined) return;
        texts.push(ownCopy(unescapeText(text)));
        text = undefined;
      },
    });
  } catch (error) {
    if (error instanceof LongRunError) return { texts, maxCharacters: error.maxCharacters };
    throw error;
  }
  return { texts };
}

async function readDateStyles(part: ZipEntry | undefined): Promise<boolean[]> {
  const formats = new Map<string, string>();
  const baseFormats: string[] = [];
  const styles: { numFmtId: string | undefined; xfId: string }[] = [];
  if (!part) return [];
  let section = '';
  await readXml(part, {
    open: (name, { numFmtId, formatCode = '', xfId = '' }) => {
      if (name === 'cellStyleXfs' || name === 'cellXfs' || name === 'numFmts') section = name;
      if (name === 'numFmt' && section === 'numFmts' && numFmtId !== undefined) formats.set(numFmtId, formatCode);
      if (name !== 'xf') return;
      if (section === 'cellStyleXfs') baseFormats.push(numFmtId ?? '');
      if (section === 'cellXfs') styles.push({ numFmtId, xfId });
    },
    close: (name) => {
      if (name === section) section = '';
    },
  });
  return styles.map(({ numFmtId, xfId }) => {
    // A style without a format of its own has that of the named style below it.
    const format = numFmtId ?? baseFormats[Number(xfId)] ?? '';
    return isDateFormat(Number(format), formats.get(format) ?? '');
  });
}
