const SHEET = /<(?:[\w.-]*:)?sheet\s[^<>]*>/g;
const NAME = /\sname\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const HIDDEN = /\sstate\s*=\s*["'](?:hidden|veryHidden)["']/;
const ENTITY = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CHARACTER = 0x10ffff;

export interface ListedSheet {
  /** Its place in the workbook, from 1. */
  number: number;
  name: string;
  isHidden: boolean;
}

/** The sheets of a workbook as its own list has them; the parser knows neither their number nor which are hidden. */
export function listSheets(workbookXml: string): ListedSheet[] {
  const named = [...workbookXml.matchAll(SHEET)].flatMap(([tag]) => {
    const [, inDouble, inSingle] = NAME.exec(tag) ?? [];
    const name = decodeEntities(inDouble ?? inSingle ?? '');
    return name === '' ? [] : [{ name, isHidden: HIDDEN.test(tag) }];
  });
  return named.map((sheet, index) => ({ ...sheet, number: index + 1 }));
}

const decodeEntities = (text: string): string =>
  text.replace(ENTITY, (entity, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const character = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return character <= LAST_CHARACTER ? String.fromCodePoint(character) : entity;
  });
