import { PassThrough } from 'node:stream';
import { CliError } from '../../../cli/http/cli-error';
import { followImports } from '../../../cli/commands/follow-imports';
import type { Session } from '../../../cli/commands/session';
import type { ImportView } from '../../../cli/http/views';

const IMPORTS = [{ id: 'one', fileName: 'a.csv' }];
const rest = { id: 'one', status: 'waiting' } as ImportView;

/** A session whose API gives these answers one after the other. */
function sessionWith(answers: (ImportView | CliError)[]) {
  const err = new PassThrough();
  const findImport = jest.fn(async () => {
    const answer = answers.shift()!;
    if (answer instanceof CliError) throw answer;
    return answer;
  });
  const session = { api: { findImport }, err, commandLine: (args: string) => `client-import ${args}` };
  return { session: session as unknown as Session, findImport, said: () => String(err.read() ?? '') };
}

describe('Following imports', () => {
  test('When the API is away for a moment or has a fault, then it is asked again', async () => {
    const answers = [new CliError('away'), new CliError('busy', { status: 503, code: null }), rest];
    const { session, findImport, said } = sessionWith(answers);
    expect(await followImports(session, IMPORTS)).toEqual([rest]);
    expect(findImport).toHaveBeenCalledTimes(3);
    expect(said()).toBe(
      '  The API does not answer. The import goes on; trying again …\n  The API answers again.\n  a.csv: waiting\n',
    );
  });

  test('When an import is watched, then it is followed however long the connection is lost', async () => {
    const lost = Array.from({ length: 50 }, () => new CliError('away'));
    const { session, said } = sessionWith([...lost, rest]);
    expect(await followImports(session, IMPORTS, { watch: true, retryAfterMs: 0 })).toEqual([rest]);
    expect(said().match(/does not answer/g)).toHaveLength(1);
  });

  test('When it is not watched, then a lost connection ends the command, which says that the import goes on', async () => {
    const { session } = sessionWith(Array.from({ length: 50 }, () => new CliError('away')));
    await expect(followImports(session, IMPORTS, { retryAfterMs: 0 })).rejects.toThrow(
      'away\nThe import goes on without this command. Look at it later: client-import status one',
    );
  });

  test('When the API refuses to tell, then it is not asked again, and the way back to the import is shown', async () => {
    const { session, findImport } = sessionWith([new CliError('No such key.', { status: 401, code: 'unauthorised' })]);
    await expect(followImports(session, IMPORTS)).rejects.toThrow(
      'No such key.\nThe import goes on without this command. Look at it later: client-import status one',
    );
    expect(findImport).toHaveBeenCalledTimes(1);
  });
});
