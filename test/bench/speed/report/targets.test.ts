import { ratioTargets, verdict } from '../../../../bench/speed/report/targets';

const timed = (subject: string, ms: number, cpuTotal: number, files = 10) => ({
  ...{ subject, ms, cpuTotal, files },
  latencyMs: 20,
});

describe('targets of the bench', () => {
  it('each ratio is taken to the peer with as many files', () => {
    const results = [timed('product', 300, 900), timed('script', 200, 300), timed('script', 1, 1, 50)];
    expect(ratioTargets(results).map(({ figure }) => figure)).toEqual([1.5, 3]);
  });

  it('the floor of a ratio is that of the bookkeeper', () => {
    const results = [timed('product', 300, 900), timed('bookkeeper', 240, 450), timed('script', 200, 300)];
    expect(ratioTargets(results).map(({ measure, figure }) => [measure, figure])).toEqual([
      ['wall ÷ script, 10 files, 20 ms', 1.5],
      ['floor of wall ÷ script, 10 files, 20 ms', 1.2],
      ['CPU ÷ script, 10 files, 20 ms', 3],
      ['floor of CPU ÷ script, 10 files, 20 ms', 1.5],
    ]);
  });

  it('a peer that was not run has no ratio', () => {
    expect(ratioTargets([timed('product', 300, 900)])).toEqual([]);
  });

  it('a verdict tells the better of the two that is met', () => {
    const limits = { measure: 'wall', must: 1.6, aim: 1.2 };
    expect([1.2, 1.6, 1.7].map((figure) => verdict({ ...limits, figure }))).toEqual(['aim', 'must', 'no']);
    expect(verdict({ measure: 'wall', figure: 1 })).toBe('');
  });
});
