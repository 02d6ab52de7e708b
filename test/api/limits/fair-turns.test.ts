import { createFairTurns } from '../../../api/limits/fair-turns';

/** Work that ends when it is told to. */
function createJobs(turns: ReturnType<typeof createFairTurns>) {
  const begun: string[] = [];
  const ends = new Map<string, { end: () => void; fail: () => void }>();
  return {
    begun,
    add: (organisation: string, name: string): Promise<unknown> =>
      turns(organisation, () => {
        begun.push(name);
        return new Promise<void>((resolve, reject) => {
          ends.set(name, { end: resolve, fail: () => reject(new Error(`${name} has failed`)) });
        });
      }),
    of: (name: string) => ends.get(name)!,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Fair turns', () => {
  test('No more begins at once than may, and the next begins as one ends, whether it fails or not', async () => {
    const jobs = createJobs(createFairTurns(2));
    const all = ['a1', 'a2', 'a3', 'a4'].map((name) => jobs.add('a', name));
    await settled();
    expect(jobs.begun).toEqual(['a1', 'a2']);
    jobs.of('a2').end();
    await all[1];
    await settled();
    expect(jobs.begun).toEqual(['a1', 'a2', 'a3']);
    jobs.of('a1').fail();
    await expect(all[0]).rejects.toThrow('a1 has failed');
    await settled();
    expect(jobs.begun).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  test('An organisation that comes with one is next, however many another has waiting', async () => {
    const jobs = createJobs(createFairTurns(1));
    const first = jobs.add('many', 'many0');
    for (let i = 1; i < 200; i++) void jobs.add('many', `many${i}`);
    void jobs.add('one', 'one');
    await settled();
    jobs.of('many0').end();
    await first;
    await settled();
    jobs.of(jobs.begun.at(-1)!).end();
    await settled();
    expect(jobs.begun).toEqual(['many0', 'many1', 'one']);
  });

  test('Organisations with many each take turns, and each keeps its order', async () => {
    const jobs = createJobs(createFairTurns(1));
    for (const name of ['a1', 'a2', 'a3']) void jobs.add('a', name);
    for (const name of ['b1', 'b2', 'b3']) void jobs.add('b', name);
    for (let i = 0; i < 6; i++) {
      await settled();
      jobs.of(jobs.begun.at(-1)!).end();
    }
    expect(jobs.begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'b3']);
  });
});
