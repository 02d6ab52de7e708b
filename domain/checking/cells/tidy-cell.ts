/** What spreadsheet programs and our own files put before a value so that it is not taken for a formula. */
const GUARDED = /^'[=+\-@]/;

/** The cell without what came around its value: outer spaces, and an apostrophe that guards against formulas. */
export function tidyCell(cell: string): string {
  const text = cell.trim();
  return GUARDED.test(text) ? text.slice(1) : text;
}
