import { canRedraw, paintStatus } from '../../../cli/output/colour';

const terminal = { isTTY: true, hasColors: (env?: unknown) => (env as NodeJS.ProcessEnv)['NO_COLOR'] === undefined };
const pipe = { isTTY: false, hasColors: () => false };
const painted = (out: object, env: NodeJS.ProcessEnv): boolean =>
  paintStatus('failed', out as NodeJS.WriteStream, env) !== 'failed';

test('A status has a colour on a terminal, unless NO_COLOR holds something, and elsewhere with FORCE_COLOR', () => {
  expect([{}, { NO_COLOR: '' }, { NO_COLOR: '1' }, { FORCE_COLOR: '0' }].map((env) => painted(terminal, env))).toEqual([
    ...[true, true, false, false],
  ]);
  expect([{}, { FORCE_COLOR: '1' }, { FORCE_COLOR: '' }].map((env) => painted(pipe, env))).toEqual([
    false,
    true,
    false,
  ]);
});

test('A dumb terminal gets no bars', () => {
  expect(canRedraw(terminal, { TERM: 'xterm' })).toBe(true);
  expect(canRedraw(terminal, { TERM: 'dumb' })).toBe(false);
  expect(canRedraw(pipe, { TERM: 'xterm' })).toBe(false);
});
