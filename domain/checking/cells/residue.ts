import { isUtf8 } from 'node:buffer';
import { decode } from 'html-entities';
import { ungarbled } from '../../reading/encoding/garbled-text';
import type { UnplacedProblem } from './cell-verdict';

/** Almost no cell has one of these signs or words, and only then the rules below are asked. */
const SUSPICIOUS = /[?\ufffd#\\()<>[&%=:\u0080-\u00ff]|^(?:null|none|nil|undefined|nan|n\/a|loading\.\.\.)$/i;

/** Where a program could not express a letter, it wrote a question mark; where it could not read one, U+FFFD. */
const LOST_IN_NAME = /[?\ufffd]/;
/** The name of a company can be a question. */
const LOST_IN_TEXT = /\ufffd|\?{2}|\p{L}\?\p{L}|^\?$/u;

/**
 * What databases and programs write for no value. `Null`, `NONE` and `Nil` are names of people, so that only the spelling of
 * programs counts.
 */
const NO_VALUE =
  /^(?:NULL|null|None|nil|undefined|nan|NaN|N\/A|n\/a|[(<[](?:NULL|null|Null|none|None|empty|blank|undefined)[)>\]]|\\N|\[object \w+\])$/;

/** The errors of formulas in the languages of spreadsheet programs, such as #REF!, #BEZUG!, #¿NOMBRE? and #Н/Д. */
const FORMULA_ERROR =
  /^(?:#[¡¿]?[\p{Lu}\d/_ ]{2,24}[!?]|#\p{Lu}{1,5}\/\p{Lu}{1,2}|#(?:NV|YOK|HIÁNYZIK|GETTING_DATA|NENÍ_K_DISPOZICI)|#{2,}|(?:Err|Fehler|Erreur|Errore|Error|Erro|Fout|Fel|Feil|Fejl|Virhe|Błąd|Chyba|Hiba|Hata|Ошибка)\s?:\s?5\d\d|Loading\.\.\.)$/u;

const PERCENT_BYTES = /(?:%[\dA-F]{2})+/gi;
const QUOTED_PRINTABLE = /(?:=[89A-F][\dA-F])+/g;
const UNICODE_ESCAPE = /\\u(?:([\dA-F]{4})|\{([\dA-F]{1,6})\})|\\x([\dA-F]{2})/gi;

/**
 * What a program left in a cell in place of its text: the problem, with the text that was probably meant where one can tell.
 * `undefined` for a cell as a person writes it. The name of a person cannot hold a question mark.
 */
export function findResidue(text: string, isName: boolean): UnplacedProblem | undefined {
  if (!SUSPICIOUS.test(text)) return undefined;
  if (NO_VALUE.test(text)) return { code: 'cell.no-value' };
  // Some errors of formulas end with a question mark: #NAME?
  if (FORMULA_ERROR.test(text)) return { code: 'cell.formula-error' };
  if ((isName ? LOST_IN_NAME : LOST_IN_TEXT).test(text)) return { code: 'cell.lost-letters' };
  const garbled = ungarbled(text);
  if (garbled !== undefined) return { code: 'cell.garbled-letters', suggestion: garbled };
  const unescaped = unescape(text);
  return unescaped === text ? undefined : { code: 'cell.escaped-letters', suggestion: unescaped };
}

/** The text with the letters that a web page, an address or a program's source code has as codes. */
function unescape(text: string): string {
  const plain = text
    .replace(PERCENT_BYTES, (codes) => decoded(codes, '%'))
    .replace(QUOTED_PRINTABLE, (codes) => decoded(codes, '='))
    .replace(UNICODE_ESCAPE, (_, four?: string, braced?: string, two?: string) =>
      fromCode(parseInt((four ?? braced ?? two)!, 16)),
    );
  // Twice, since some programs escape what is escaped already: &amp;eacute;
  return unescapeHtml(unescapeHtml(plain));
}

const unescapeHtml = (text: string): string => (text.includes('&') ? decode(text, { scope: 'strict' }) : text);

function decoded(codes: string, sign: string): string {
  const bytes = Buffer.from(codes.replaceAll(sign, ''), 'hex');
  return isUtf8(bytes) ? bytes.toString() : codes;
}

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
