import { parseAttributePath } from './attribute-path';
import type { AttributePath } from './attribute-path';
import { ScimError } from './scim-error';

const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A filter of RFC 7644, section 3.4.2.2. */
export type ScimFilter =
  | { kind: 'and' | 'or'; left: ScimFilter; right: ScimFilter }
  | { kind: 'not'; of: ScimFilter }
  | { kind: 'present'; path: AttributePath }
  | { kind: 'compare'; path: AttributePath; by: Comparison; value: string | number | boolean | null }
  /** One element of the attribute matches as a whole. */
  | { kind: 'some'; path: AttributePath; of: ScimFilter };

/** A value in quotation marks, a number, a bracket, or a word. */
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?=[\s()[\]]|$)|[()[\]]|[^\s()[\]"]+)/giy;
const MOST_CHARACTERS = 2_000;
const MOST_LEVELS = 20;

/**
 * Reads a filter. Of the parsers in the npm registry that were tried, each breaks on other valid filters (escaped quotation marks, doubled
 * parentheses, negative numbers, `or` within brackets). Throws a `ScimError` that says where it stops.
 */
export function parseFilter(text: string): ScimFilter {
  const parser = new FilterParser(tokensOf(text), text);
  const filter = parser.either(0);
  parser.end();
  return filter;
}

function tokensOf(text: string): string[] {
  if (text.length > MOST_CHARACTERS) throw refused(`is longer than ${MOST_CHARACTERS} characters`);
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw refused(`cannot be read from character ${from + 1} on`);
    tokens.push(match[1]!);
  }
  return tokens;
}

const refused = (reason: string): ScimError => new ScimError('invalidFilter', `The filter ${reason}.`);

class FilterParser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly text: string,
  ) {}

  /** `or` binds less than `and`. */
  either(level: number): ScimFilter {
    if (level > MOST_LEVELS) throw refused(`is nested more than ${MOST_LEVELS} levels deep`);
    let left = this.both(level);
    while (this.takes('or')) left = { kind: 'or', left, right: this.both(level) };
    return left;
  }

  end(): void {
    if (this.at < this.tokens.length) throw refused(`has "${this.tokens[this.at]}" where it should end: ${this.text}`);
  }

  private both(level: number): ScimFilter {
    let left = this.one(level);
    while (this.takes('and')) left = { kind: 'and', left, right: this.one(level) };
    return left;
  }

  private one(level: number): ScimFilter {
    if (this.takes('not')) return { kind: 'not', of: this.one(level) };
    if (this.takes('(')) {
      const inner = this.either(level + 1);
      this.require(')');
      return inner;
    }
    const path = this.path();
    if (!this.takes('[')) return this.comparison(path);
    const of = this.either(level + 1);
    this.require(']');
    // `emails[type eq "work"].value eq "…"`: no filter of the RFC, but Entra sends it. It concerns one and the same element.
    const next = this.tokens[this.at];
    if (!next?.startsWith('.')) return { kind: 'some', path, of };
    this.at++;
    const sub = parseAttributePath(next.slice(1));
    if (!sub) throw refused(`has no attribute "${next}"`);
    return { kind: 'some', path, of: { kind: 'and', left: of, right: this.comparison(sub) } };
  }

  private path(): AttributePath {
    const word = this.next('an attribute');
    const path = parseAttributePath(word);
    if (!path?.attribute) throw refused(`has "${word}" where an attribute should be`);
    return path;
  }

  private comparison(path: AttributePath): ScimFilter {
    const by = this.next('an operator').toLowerCase();
    if (by === 'pr') return { kind: 'present', path };
    if (!isComparison(by)) throw refused(`has no operator "${by}"; there are ${COMPARISONS.join(', ')} and pr`);
    return { kind: 'compare', path, by, value: valueOf(this.next('a value')) };
  }

  private takes(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at++;
    return true;
  }

  private require(word: string): void {
    if (!this.takes(word)) throw refused(`lacks a "${word}": ${this.text}`);
  }

  private next(what: string): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw refused(`ends where ${what} should be`);
    this.at++;
    return token;
  }
}

const isComparison = (word: string): word is Comparison => (COMPARISONS as readonly string[]).includes(word);

function valueOf(token: string): string | number | boolean | null {
  try {
    const value: unknown = JSON.parse(/^(?:true|false|null)$/i.test(token) ? token.toLowerCase() : token);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as string;
  } catch {
    // Said below.
  }
  throw refused(`compares with ${token}, which is neither text in quotation marks nor a number, true, false or null`);
}
