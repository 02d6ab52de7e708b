type Attributes = Readonly<Record<string, string>>;

/** Columns from 1, both ends included. */
export interface HiddenColumns {
  min: number;
  max: number;
}

const TRUE = /^(?:1|true|on|t)$/i;
/** In points. Programs show a lower row as a line at most, and Excel's lowest with something to see has 0.75. */
const LOWEST_HEIGHT = 0.75;
/** In characters. */
const LEAST_WIDTH = 0.1;

/**
 * Whether a person who looks at the sheet does not see this row. Programs write `hidden` for rows that were hidden by hand,
 * by a closed group or by a filter; a height of 0 has the same effect. The attribute `zeroHeight` of a sheet concerns only
 * rows without an element, which have no cells.
 */
export const isHiddenRow = ({ hidden = '', ht }: Attributes): boolean =>
  TRUE.test(hidden) || isBelow(ht, LOWEST_HEIGHT);

/** The columns of an element `col`, if they are hidden; otherwise none. */
export function hiddenColumnsOf({ hidden = '', width, min, max = min }: Attributes): HiddenColumns[] {
  if (!TRUE.test(hidden) && !isBelow(width, LEAST_WIDTH)) return [];
  return [{ min: Number(min), max: Number(max) }];
}

const isBelow = (size: string | undefined, least: number): boolean =>
  size !== undefined && size.trim() !== '' && Number(size) < least;
