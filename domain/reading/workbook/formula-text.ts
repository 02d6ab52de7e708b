/** Functions whose result is a text whatever they are given. A formula in a file has the English names. */
const TEXT_FUNCTIONS = new Set([
  ...['ASC', 'BAHTTEXT', 'CHAR', 'CLEAN', 'CONCAT', 'CONCATENATE', 'DBCS', 'DOLLAR', 'FIXED', 'JIS', 'LEFT', 'LEFTB'],
  ...['LOWER', 'MID', 'MIDB', 'PHONETIC', 'PROPER', 'REPLACE', 'REPLACEB', 'REPT', 'RIGHT', 'RIGHTB', 'SUBSTITUTE'],
  ...[
    'TEXT',
    'TEXTAFTER',
    'TEXTBEFORE',
    'TEXTJOIN',
    'TRIM',
    'UNICHAR',
    'UPPER',
    'ADDRESS',
    'REGEXEXTRACT',
    'REGEXREPLACE',
  ],
]);
/** Functions that give one of their arguments: from which on. The conditions of IFS and SWITCH are told by their places. */
const CHOOSING: Readonly<Record<string, (index: number, count: number) => boolean>> = {
  IF: (index) => index > 0,
  IFERROR: () => true,
  IFNA: () => true,
  CHOOSE: (index) => index > 0,
  IFS: (index) => index % 2 === 1,
  SWITCH: (index, count) => index > 0 && (index % 2 === 0 || index === count - 1),
};
const CALL = /^(?:_xl\w+\.)*([A-Z][A-Z0-9.]*)\((.*)\)$/is;
/** As long as Excel allows a formula to be. */
const LONGEST = 8192;
const DEEPEST = 64;

/**
 * Whether the result of a formula can only be a text (or an error), such as of `UPPER(A2)`, `A2&" "&B2` or `IF(A2="x","yes","no")`.
 * A number in such a cell is not its result. False where it cannot be told.
 */
export const isTextFormula = (formula: string): boolean =>
  formula.length <= LONGEST && isText(formula.replace(/^=/, ''), 0);

function isText(expression: string, depth: number): boolean {
  const trimmed = expression.trim();
  const parts = depth < DEEPEST ? divide(trimmed) : undefined;
  if (!parts || parts.arguments.length > 1) return false;
  if (parts.hasComparison) return false;
  if (parts.hasJoin) return true;
  if (parts.isWrapped) return isText(trimmed.slice(1, -1), depth + 1);
  if (parts.isLiteral) return true;
  const [, name, inside] = parts.isOneCall ? (CALL.exec(trimmed) ?? []) : [];
  if (name === undefined || inside === undefined) return false;
  if (TEXT_FUNCTIONS.has(name.toUpperCase())) return true;
  const isChosen = Object.hasOwn(CHOOSING, name.toUpperCase()) ? CHOOSING[name.toUpperCase()]! : undefined;
  const given = isChosen && divide(inside)?.arguments;
  // A condition without an alternative gives FALSE.
  if (!given || (name.toUpperCase() === 'IF' && given.length < 3)) return false;
  return given.every((argument, i) => !isChosen(i, given.length) || isText(argument, depth + 1));
}

interface Divided {
  /** Divided at the commas that no bracket holds. */
  arguments: string[];
  hasComparison: boolean;
  hasJoin: boolean;
  /** It is one text in quotation marks. */
  isLiteral: boolean;
  isWrapped: boolean;
  isOneCall: boolean;
}

/** What stands in a formula outside of its brackets and quotation marks; `undefined` where these do not close. */
function divide(expression: string): Divided | undefined {
  const parts: string[] = [];
  let [begin, level, hasComparison, hasJoin, groups, literals] = [0, 0, false, false, 0, 0];
  let hasOthers = false;
  for (let i = 0; i < expression.length; i++) {
    const sign = expression[i]!;
    if (sign === '"' || sign === "'") {
      const end = endOfQuoted(expression, i);
      if (end < 0) return undefined;
      if (level === 0 && sign === '"') literals++;
      else if (level === 0) hasOthers = true;
      i = end;
    } else if ('([{'.includes(sign)) {
      if (level++ === 0) groups++;
      if (level === 1 && sign !== '(') hasOthers = true;
    } else if (')]}'.includes(sign)) {
      if (--level < 0) return undefined;
    } else if (level === 0) {
      if (sign === ',') {
        parts.push(expression.slice(begin, i));
        begin = i + 1;
      }
      hasComparison ||= '=<>'.includes(sign);
      hasJoin ||= sign === '&';
      hasOthers ||= '+-*/^%:!#@ '.includes(sign);
    }
  }
  if (level !== 0) return undefined;
  parts.push(expression.slice(begin));
  return {
    ...{ arguments: parts, hasComparison, hasJoin },
    isLiteral: literals === 1 && groups === 0 && !hasOthers && /^".*"$/s.test(expression),
    isWrapped: groups === 1 && literals === 0 && !hasOthers && /^\(.*\)$/s.test(expression),
    isOneCall: groups === 1 && literals === 0 && !hasOthers,
  };
}

/** The index of the closing mark; two of them in a row stand for one. */
function endOfQuoted(expression: string, from: number): number {
  const mark = expression[from]!;
  for (let i = from + 1; i < expression.length; i++) {
    if (expression[i] !== mark) continue;
    if (expression[i + 1] !== mark) return i;
    i++;
  }
  return -1;
}
