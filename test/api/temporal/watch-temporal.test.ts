import { isAnswer, watchTemporal } from '../../../api/temporal/watch-temporal';

const failing = (error: object) => () => Promise.reject(Object.assign(new Error('failed'), error));
const past = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

describe('A call to Temporal', () => {
  test.each([
    ['that was refused, or found nobody', { cause: { code: 14 } }, false],
    ['whose deadline was over', { cause: { code: 4 } }, false],
    ['that was cancelled', { cause: { code: 1 } }, false],
    ['about a workflow that the server does not know', {}, true],
    ['that the server found wrong', { cause: { code: 3 } }, true],
    ['that the server was too busy for', { cause: { code: 8 } }, true],
    ['that failed with the error of gRPC itself', { code: 14 }, false],
  ])('%s', (_which, error, isAnswered) => {
    expect(isAnswer(Object.assign(new Error('failed'), error))).toBe(isAnswered);
  });

  test('Silence counts from the first call without an answer until any is answered', async () => {
    const { ask, silentMs } = watchTemporal();
    expect(silentMs()).toBe(0);
    await expect(ask(failing({ cause: { code: 14 } }))).rejects.toThrow('failed');
    await past();
    const first = silentMs();
    expect(first).toBeGreaterThan(0);
    await expect(ask(failing({ cause: { code: 4 } }))).rejects.toThrow('failed');
    expect(silentMs()).toBeGreaterThan(first);
    expect(await ask(() => Promise.resolve('there'))).toBe('there');
    expect(silentMs()).toBe(0);
    await expect(ask(failing({}))).rejects.toThrow('failed');
    expect(silentMs()).toBe(0);
  });

  test('A call that has no answer yet counts, too', async () => {
    const { ask, silentMs } = watchTemporal();
    let answer!: () => void;
    const asked = ask(() => new Promise<void>((resolve) => (answer = resolve)));
    await past();
    expect(silentMs()).toBeGreaterThan(0);
    answer();
    await asked;
    expect(silentMs()).toBe(0);
  });
});
