import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import { PROBLEM_CATALOGUE } from '../../domain/problems/texts/catalogue';
import { readTable } from '../../domain/reading/read-table';
import { contextWith } from './tables';
import { workedSince } from '../corpus-tools/timed';

const EXAMPLE = readFileSync(join(__dirname, '../../examples/clients.csv'));
const MAX_ROWS = 500;

describe('Anything at all', () => {
  const bytes = fc.uint8Array({ maxLength: 2000 });
  const fragments = ['"', '""', '\n', '\r', ',', ';', '\0', '\ufeff', 'First Name', 'Client Teams', '4.4E+11', '🏳️‍🌈'];
  const csvLike = fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 200 })
    .map((parts) => Buffer.from(parts.join('')));
  const mutated = fc
    .array(fc.tuple(fc.nat(EXAMPLE.length - 1), fc.nat(40), fc.oneof(bytes, csvLike)), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Buffer>(
        (file, [at, removed, inserted]) =>
          Buffer.concat([file.subarray(0, at), inserted.subarray(0, 30), file.subarray(at + removed)]),
        EXAMPLE,
      ),
    );

  it('When bytes are arbitrary or a file is damaged, then reading and checking end soon and all counts add up', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, csvLike, { arbitrary: mutated, weight: 3 }), async (file) => {
        const before = process.cpuUsage();
        const result = await readTable(file, { kind: 'clients', maxRows: MAX_ROWS });
        if (result.ok) {
          read++;
          const rows = [...result.table.rows];
          const keys = new Set(emailKeysOf(result.table));
          const checked = checkRows(result.table, contextWith());
          expect(checked.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
          expect(new Set(rows.map(({ line }) => line)).size).toBe(rows.length);
          expect(rows.length).toBeGreaterThan(0);
          expect(rows.length).toBeLessThanOrEqual(MAX_ROWS);
          for (const { person, plan, problems } of checked) {
            const isBad = problems.some(({ code }) => PROBLEM_CATALOGUE[code].severity === 'error');
            expect(plan.action === 'reject').toBe(isBad);
            if (person) expect(keys.has(person.emailKey)).toBe(true);
          }
          const accepted = checked.flatMap(({ person }) => (person ? [person.emailKey] : []));
          expect(new Set(accepted).size).toBe(accepted.length);
        } else {
          expect(result.problems.length).toBeGreaterThan(0);
        }
        expect(workedSince(before)).toBeLessThan(5000);
      }),
      { numRuns: 1000 },
    );
    // Else the property would hold for nothing but refusals.
    expect(read).toBeGreaterThan(20);
  });
});
