import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runHere, unwrapped } from '../cli';

describe('Correcting one row from the command line', () => {
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    id = await stack.api.importId(toCsv(people(2, 'clicorrect', (_, i) => (i === 1 ? { email: 'nobody' } : {}))));
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());

  const correct = (...args: string[]) => runHere(['correct', id, ...args, '--url', stack.url, '--key', stack.api.key]);

  test('When nothing is named, then it says how to name it', async () => {
    await expect(correct('3')).rejects.toThrow(/No correction of row 3 is given\..*correct .* 3 --email/);
  });

  test('When the row is still wrong, then it says what is wrong with it', async () => {
    await expect(correct('3', '--email', 'still nobody', '--group', 'Mayfare')).rejects.toThrow(
      /nothing was changed.*Email \(column C\).*Group Identifier.*Mayfair/,
    );
  });

  test('When the row is right, then it is followed to its end and shown, and doing so again does nothing', async () => {
    const args = ['3', '--email', 'mended.clicorrect@example.com', '--first-name', 'Ann', '--group', 'Mayfair'];
    const done = await correct(...args);
    expect(done).toMatchObject({ code: 0 });
    expect(done.out.trim()).toBe('Row 3: created, invitation by e-mail sent, invitation by SMS sent.');
    const again = await correct(...args);
    expect(again).toMatchObject({ code: 0, out: done.out });
    expect(unwrapped(again.err)).toContain('has these values already');
  });

  test('When the row is one of a preview, then it says what will become of it, and how to see the new plan', async () => {
    const rows = people(2, 'planned', (_, i) => (i === 1 ? { email: 'nobody' } : {}), 20);
    const planned = await stack.api.importIdWith({ mode: 'preview' }, toCsv(rows));
    await stack.api.rest(planned);
    const access = ['--url', stack.url, '--key', stack.api.key];
    const { out } = await runHere(['correct', planned, '3', '--email', 'mended.planned@example.com', ...access]);
    expect(unwrapped(out)).toContain('Row 3 will be created. The plan to apply is another one with it.');
    expect(out).toContain(`status ${planned.slice(0, 8)}`);
  });

  test('When the new address is refused by the provider, then it says so and that something is left to do', async () => {
    const { code, out } = await correct('2', '--email', 'sandbox-rejected.clicorrect@example.com');
    expect(code).toBe(2);
    expect(unwrapped(out)).toMatch(/Row 2: created, invitation by e-mail failed, .*invitation\.address-refused/);
  });
});
