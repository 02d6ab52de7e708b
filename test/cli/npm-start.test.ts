import { importArguments } from '../../local/import-files';
import { createFolder, runCli } from './cli';

describe('npm start and the command line', () => {
  const folder = createFolder();
  afterAll(() => folder.remove());

  test('When it is to end after an import and no file is named, then it says so at once and starts nothing', async () => {
    const env = { CLIENT_IMPORT_DATA: folder.at('data') };
    const { code, out, err } = await runCli(['--exit'], { entry: 'local/main.ts', env });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/--exit needs a file to import.*npm start -- --exit examples\/clients\.csv/s);
    expect(err).not.toContain('Starting');
  });

  test('When options of an import are given to it, then the command line understands what it passes on', async () => {
    const options = {
      ...{ kind: 'staff', preview: true, strict: true, onExisting: 'update', encoding: 'utf-8' },
      map: ['Tel.=Mobile', 'Mail=Email'],
    };
    const args = importArguments(options);
    expect(args).toEqual([
      '--kind',
      'staff',
      '--preview',
      '--strict',
      '--on-existing',
      'update',
      '--encoding',
      'utf-8',
      ...['--map', 'Tel.=Mobile', '--map', 'Mail=Email'],
    ]);
    const env = { CLIENT_IMPORT_KEY: 'x'.repeat(32) };
    const { code, err } = await runCli(['import', ...args, '--', '--exit.csv'], { env, cwd: folder.path });
    // All that it finds fault with is the file, whatever that is called.
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^There is no file --exit\.csv\./) as string });
    expect(importArguments({})).toEqual([]);
  });

  test('When it is given an option that there is not, then it says which there are', async () => {
    const { code, err } = await runCli(['--kind', 'guests'], { entry: 'local/main.ts' });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('clients, staff') as string });
  });
});
