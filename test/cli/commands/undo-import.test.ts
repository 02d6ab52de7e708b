import { PassThrough } from 'node:stream';
import type { Session } from '../../../cli/commands/session';
import { undoImport } from '../../../cli/commands/undo-import';
import { CliError } from '../../../cli/http/cli-error';
import type { UndoView } from '../../../cli/http/views';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runTold } from '../cli';
import type { Ended } from '../cli';

describe('The undo of an import on the command line', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const run = (...args: string[]): Promise<Omit<Ended, 'bytes'>> =>
    runTold(args, { sources: { url: stack.url, key: stack.api.key } });
  const imported = async (tag: string, from: number): Promise<string> => {
    const id = await stack.api.importId(toCsv(people(3, tag, () => ({}), from)));
    await stack.api.rest(id);
    return id;
  };
  const countOf = (importId: string): Promise<number> => stack.db.collection('people').countDocuments({ importId });

  test('When it is asked for, then it is only shown, with the command that carries it out', async () => {
    const id = await imported('look', 0);
    const looked = await run('undo', id.slice(0, 8));
    expect(looked).toMatchObject({ code: 0, err: '' });
    expect(looked.out).toContain('  3 lines: To be undone (2-4)\n  6 messages went out and cannot be taken back\n');
    expect(await countOf(id)).toBe(3);

    const printed = /client-import (undo \w{8} [0-9a-f]{12})$/m.exec(looked.out)![1]!.split(' ');
    const done = await run(...printed);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('  3 lines: Undone (2-4)') as string });
    expect(await countOf(id)).toBe(0);
    expect(await run(...printed)).toMatchObject({
      code: 0,
      err: expect.stringContaining('It was undone already') as string,
    });
  });

  test('When somebody has joined since it was shown, then nothing is undone, and --yes keeps them', async () => {
    const id = await imported('joined', 10);
    const { out } = await run('undo', id);
    const [invitation] = await stack.store.invitations.find({ importId: id, rows: [3] });
    await stack.store.acceptance.accept(invitation!.token);
    const hash = /([0-9a-f]{12})$/m.exec(out)![1]!;
    expect(await run('undo', id, hash)).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not match what the undo would do now') as string,
    });
    expect(await countOf(id)).toBe(3);
    const done = await run('undo', id, '--yes');
    expect(done.out).toContain('  1 line: Kept: the person has joined (3)');
    expect(await countOf(id)).toBe(1);
  });
});

describe('The undo of an import while the API is restarted', () => {
  const HASH = 'a1b2c3d4e5f6a7b8';
  const outcomes = [{ outcome: 'undo', meaning: 'Undone', count: 3, lines: '2-4' }];
  const messages = { out: { email: 3, sms: 3 }, waiting: { email: 0, sms: 0 } };
  const view = (status: string, planHash: string | null) => ({ status, planHash, outcomes, messages }) as UndoView;

  /** A session whose API gives these answers one after the other. */
  async function undo(answers: (UndoView | CliError)[]) {
    const [out, err, asked] = [new PassThrough(), new PassThrough(), [] as (string | undefined)[]];
    const api = {
      undoImport: async (_id: string, hash?: string) => {
        asked.push(hash);
        const answer = answers.shift()!;
        if (answer instanceof CliError) throw answer;
        return answer;
      },
    };
    const session = { api, out, err, commandLine: (args: string) => `client-import ${args}` } as unknown as Session;
    const code = await undoImport(session, 'one', HASH.slice(0, 12), {});
    return { code, asked, out: String(out.read()), err: String(err.read()) };
  }

  test('When the answer to the request is lost, then its end is waited for all the same', async () => {
    const answers = [view('completed', HASH), new CliError('closed'), new CliError('away'), view('undoing', null)];
    const { code, asked, out, err } = await undo([...answers, view('undone', null)]);
    expect({ code, asked }).toEqual({ code: 0, asked: [undefined, HASH, undefined, undefined, undefined] });
    expect(out).toContain('3 lines: Undone (2-4)');
    expect(err).toBe('The answer of the API was lost; asking again …\n');
  });

  test('When the request never arrived, then it is sent again, for the plan that was seen', async () => {
    const answers = [view('completed', HASH), new CliError('away'), view('completed', HASH), view('undoing', null)];
    const { asked, out } = await undo([...answers, view('undone', null)]);
    expect(asked).toEqual([undefined, HASH, undefined, HASH, undefined]);
    expect(out).toContain('3 lines: Undone (2-4)');
  });

  test('When the API refuses it, then that is the error', async () => {
    const refusal = new CliError('The plan is outdated.', { status: 409, code: 'plan-outdated' });
    await expect(undo([view('completed', HASH), refusal])).rejects.toThrow('The plan is outdated.');
  });
});
