/** What is read of a formula without a value: no spreadsheet has characters of private use in such an order. */
export const UNSOLVED = '\ue0f0formula\ue0f1';

const FORMULA_CELL =
  /<((?:[\w.-]*:)?)c(\s[^<>]*)?>\s*<\1f(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1f\s*>)\s*(?:<\1v\s*\/>\s*|<\1v\s*>\s*<\/\1v\s*>\s*)?<\/\1c\s*>/g;
const TYPE = /\st\s*=\s*["']([^"'<>]*)["']/;

/**
 * Marks the formulas that nobody has calculated yet, as a program leaves them that only writes a workbook. The parser
 * would show them as empty cells, and a spreadsheet shows what comes out of them. That can also be no text at all: its
 * value is then there, is of the type of a text, and holds nothing.
 */
export const markUnsolvedFormulas = (sheetXml: string): string =>
  sheetXml.replace(FORMULA_CELL, (cell: string, prefix: string, attributes: string | undefined = '') => {
    const hasValue = new RegExp(`<${prefix}v[\\s/>]`).test(cell);
    if (hasValue && TYPE.exec(attributes)?.[1] === 'str') return cell;
    return `<${prefix}c${attributes.replace(TYPE, '')} t="str"><${prefix}v>${UNSOLVED}</${prefix}v></${prefix}c>`;
  });
