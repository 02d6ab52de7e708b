import fc from 'fast-check';
import { exceededLimit } from '../../platform/json-shape';

/** The least limits that the text does not exceed. */
function shapeOf(text: string): { depth: number; values: number; outer: number } {
  const bytes = Buffer.from(text);
  const limits = { depth: 0, values: 0, outer: 0 };
  for (let exceeded = exceededLimit(bytes, limits); exceeded; exceeded = exceededLimit(bytes, limits))
    limits[exceeded]++;
  return limits;
}

test.each([
  ['', { depth: 0, values: 0, outer: 0 }],
  ['1', { depth: 0, values: 0, outer: 0 }],
  ['[]', { depth: 1, values: 1, outer: 1 }],
  ['[1,2,3]', { depth: 1, values: 3, outer: 3 }],
  ['{"a":[1,2],"b":{"c":null}}', { depth: 2, values: 5, outer: 2 }],
  ['["[,{\\"", "\\\\", ","]', { depth: 1, values: 3, outer: 3 }],
  ['["é[[💥"]', { depth: 1, values: 1, outer: 1 }],
  [']]]]["', { depth: 0, values: 1, outer: 0 }],
])('The shape of %s is %j', (text, shape) => {
  expect(shapeOf(text)).toMatchObject({ depth: shape.depth, values: shape.values });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + countOf(one), 0);
}

test('Of any JSON the depth is exact, and the values are never fewer than there are', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      const shape = shapeOf(JSON.stringify(value, null, indent));
      expect(shape.depth).toBe(depthOf(value));
      expect(shape.values).toBeGreaterThanOrEqual(countOf(value));
      if (Array.isArray(value)) expect(shape.outer).toBeGreaterThanOrEqual(value.length);
    }),
  );
});

test('A megabyte of opening brackets, or of one text without end, is measured in less than 50 ms', () => {
  for (const text of ['['.repeat(1 << 20), `"${'\\'.repeat(1 << 20)}`, '"'.repeat(1 << 20), '{"a":'.repeat(200_000)]) {
    const bytes = Buffer.from(text);
    const times = Array.from({ length: 5 }, () => {
      const since = performance.now();
      exceededLimit(bytes, { depth: 10, values: 3000 });
      return performance.now() - since;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  }
});
