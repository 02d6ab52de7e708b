import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { MAX_RECORD_BYTES, plainRecords } from '../../../domain/reading/csv/plain-records';
import { DELIMITERS } from '../../../domain/table';

const OPTIONS = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, max_record_size: MAX_RECORD_BYTES };
const pieces = fc.constantFrom('a', 'é', '😀', '\u3000', ' ', '\ufeff', '\0', ...DELIMITERS, '\r\n', '\n', '\r', '0');
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')));
const delimiters = fc.constantFrom(...DELIMITERS);
const counts = fc.integer({ min: 1, max: 12 });

test('A text without quotation marks is read as the parser reads it', () => {
  fc.assert(
    fc.property(texts, delimiters, counts, (text, delimiter, most) => {
      expect(plainRecords(text, delimiter, most)).toEqual(parse(text, { ...OPTIONS, delimiter, to: most }));
    }),
    { numRuns: 3_000 },
  );
});

test('So are its first records that are not blank', () => {
  const isFilled = (record: string[]): boolean => record.some((cell) => cell.trim() !== '');
  const options = { relax_quotes: true, skip_records_with_empty_values: true, skip_records_with_error: true };
  fc.assert(
    fc.property(texts, delimiters, counts, (text, delimiter, most) => {
      const expected = parse(text, { ...OPTIONS, ...options, delimiter, to: most });
      expect(plainRecords(text, delimiter, most, isFilled)).toEqual(expected);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['a quotation mark', 'a,b\nc,"d"\n'],
  ['an inch mark', 'a,b\nc,5" pipe\n'],
  ['a line of about the largest size', `a,b\n${'x'.repeat(MAX_RECORD_BYTES)}\n`],
])('The parser decides about %s', (_, text) => {
  expect(plainRecords(Buffer.from(text), ',', 10)).toBeUndefined();
});
