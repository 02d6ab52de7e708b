import { hottest } from '../../../../bench/speed/report/profile-summary';

const node = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});
const PROFILE = {
  nodes: [
    node(1, '(idle)', ''),
    node(2, 'send', 'file:///home/dist/activities/send.js'),
    node(3, 'request', 'file:///home/node_modules/@scope/http/lib/client.js'),
    node(4, '(garbage collector)', ''),
  ],
  samples: [2, 1, 3, 3, 4],
  timeDeltas: [1000, 5000, 2000, 2000, 1000],
  startTime: 0,
  endTime: 11_000,
};
const ALL = { from: 0, until: 11_000 };

describe('summary of a CPU profile', () => {
  it('time is counted by package, by file of the build, and by what V8 does itself; idling is left out', () => {
    expect(hottest(PROFILE, 'file', ALL)).toEqual([
      { name: '@scope/http', ms: 4 },
      { name: 'activities/send.js', ms: 1 },
      { name: '(garbage collector)', ms: 1 },
    ]);
  });

  it('a function is told by its name and line', () => {
    expect(hottest(PROFILE, 'function', ALL)[1]?.name).toBe('send activities/send.js:10');
  });

  it('what lies outside of the window is left out, such as the start of the program', () => {
    expect(hottest(PROFILE, 'file', { from: 1001, until: 9000 })).toEqual([{ name: '@scope/http', ms: 2 }]);
  });
});
