import { PassThrough } from 'node:stream';
import { erasePerson } from '../../../../cli/commands/people/erase-person';
import type { EraseOptions } from '../../../../cli/commands/people/erase-person';
import type { Session } from '../../../../cli/commands/session';

const removed = { rows: 3, files: 1, invitations: 2 };

async function run(answers: { removed: typeof removed | null }[], options: EraseOptions) {
  const out = new PassThrough();
  const asked: string[] = [];
  const api = {
    erasePerson: async (kind: string, id: string) => {
      asked.push(`${kind} ${id}`);
      return answers[asked.length - 1];
    },
  };
  const session = { api, out, err: new PassThrough(), commandLine: (args: string) => `client-import ${args}` };
  const code = await erasePerson(session as unknown as Session, 'one:2', options);
  return { code, asked, out: String(out.read()) };
}

describe('Erasing a person from the command line', () => {
  test('Without --yes nothing is asked of the API, and the error shows the whole command', async () => {
    await expect(run([], { staff: true })).rejects.toThrow('client-import erase one:2 --staff --yes');
  });

  test('The counts of what was removed are the result', async () => {
    expect(await run([{ removed }], { yes: true })).toEqual({
      code: 0,
      asked: ['clients one:2'],
      out: 'Erased: 3 rows, 1 file, 2 invitations.\n',
    });
  });

  test('While a message may be on its way, the API is asked again', async () => {
    const { asked } = await run([{ removed: null }, { removed }], { yes: true, staff: true });
    expect(asked).toEqual(['staff one:2', 'staff one:2']);
  });

  test('A file that is not read yet is not waited for, and the command says so', async () => {
    jest.useFakeTimers({ advanceTimers: 1_000 });
    const open = Array.from({ length: 100 }, () => ({ removed: null }));
    const { code, out } = await run(open, { yes: true }).finally(() => jest.useRealTimers());
    expect(code).toBe(2);
    expect(out).toMatch(/^Being erased: a file from before is not read yet/);
  });
});
