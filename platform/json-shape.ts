/** How large JSON may be: lists and objects in one another, values of them, and values of the outermost alone. */
export interface ShapeLimits {
  depth: number;
  values: number;
  outer?: number;
}

const [QUOTE, ESCAPE, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Finds the limit that JSON in UTF-8 exceeds, without parsing it, in one linear look at its bytes. Asked before `JSON.parse`,
 * which needs a second for a megabyte of opening brackets. Values are counted by their commas, so empty lists count as one.
 * Bytes that are no JSON have a shape, too.
 */
export function exceededLimit(
  bytes: Uint8Array,
  { depth: deepest, values: most, outer: mostOuter = most }: ShapeLimits,
): keyof ShapeLimits | undefined {
  let [depth, values, outer] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
    } else if (byte === COMMA || byte === LIST || byte === OBJECT) {
      if (byte !== COMMA && ++depth > deepest) return 'depth';
      if (++values > most) return 'values';
      if (depth === 1 && ++outer > mostOuter) return 'outer';
    } else if (byte === LIST_END || byte === OBJECT_END) {
      depth--;
    }
  }
  return undefined;
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === ESCAPE ? 2 : 1;
  return at;
}
