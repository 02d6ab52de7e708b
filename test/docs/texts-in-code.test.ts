import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOfCommandLines } from './references';

const ROOT = join(__dirname, '..', '..');
/** Whoever speaks to people from elsewhere than the command line itself. */
const SPEAKERS = ['workflows', 'activities', 'domain', 'api', 'contract', 'store', 'platform', 'worker', 'web'];

/** Each call of the command line in the sources, from its name to the end of its text or line. */
const calls = SPEAKERS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
)
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\bclient-import (?=[a-z])[^\\`'"\n]+/g)].map(([call]) => ({
      path,
      call,
    })),
  );

test('A command that a text of the product names is one that there is, with these options', () => {
  expect(calls.length).toBeGreaterThan(5);
  expect(
    calls.map((one) => ({ ...one, faults: faultsOfCommandLines(one.call) })).filter(({ faults }) => faults.length),
  ).toEqual([]);
});
