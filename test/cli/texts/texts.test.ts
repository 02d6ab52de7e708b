import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runHere, unwrapped } from '../cli';

describe('Texts from the command line', () => {
  let stack: Stack;
  let folder: string;
  beforeAll(async () => {
    stack = await startStack();
    folder = await mkdtemp(join(tmpdir(), 'texts-'));
  });
  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]) => runHere(['texts', ...args, '--url', stack.url, '--key', stack.api.key]);
  async function fileOf(content: unknown): Promise<string> {
    const file = join(folder, 'text.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  test('A text is previewed before it is saved, saved, listed, and given up again', async () => {
    const file = await fileOf({ body: 'Servus {{firstName}}: {{link}}' });
    const preview = await run('sms:de-AT', '--save', file, '--preview');
    expect(preview.out).toMatch(/^Servus Alexander: http\S+\n\n\d+ characters in GSM-7: 1 segment\n$/);
    expect(await stack.db.collection('message_texts').countDocuments()).toBe(0);

    expect((await run('sms:de-AT', '--save', file)).err).toBe('Version 1 of sms:de-AT is sent from now on.\n');
    expect(unwrapped((await run()).out)).toMatch(
      /sms:de-AT 1 \d{4}-\d\d-\d\d \d\d:\d\d \S+ Servus \{\{firstName\}\}: \{\{link\}\}/,
    );
    expect(JSON.parse((await run('sms:de-AT')).out)).toMatchObject({ version: 1, versions: [{ version: 1 }] });
    expect((await run('sms:de-AT', '--built-in')).err).toContain('Your versions are kept');
    expect((await run('sms:de-AT', '--restore', '1')).err).toBe('Version 1 of sms:de-AT is sent from now on.\n');
  });

  test('A text that cannot be sent is refused with what is wrong, and a file that is no JSON by its name', async () => {
    const file = await fileOf({ body: 'Servus' });
    await expect(run('sms:de', '--save', file)).rejects.toThrow(
      /The SMS text in German, body: \{\{link\}\} is missing/,
    );
    await expect(run('sms:de', '--save', await fileOf('Servus'))).rejects.toThrow(/text\.json is not JSON/);
    await expect(run('sms:de', '--preview', 'nothing')).rejects.toThrow(/such as f62ff629:17/);
  });

  test('Of a template of the provider it is told what it lacks, and one that is not there is refused', async () => {
    const idOf = (end: string): string => `d-${'0'.repeat(29)}${end}`;
    const saved = await run('email:it', '--save', await fileOf({ templateId: idOf('422') }));
    expect(saved.err).toBe(
      'Version 1 of email:it is sent from now on.\n' +
        '! The template does not show the variable link, so nobody can accept the invitation.\n' +
        '! The template asks for the variable first_name, which no message has, so its place stays empty.\n',
    );
    await expect(run('email:it', '--save', await fileOf({ templateId: idOf('404') }))).rejects.toThrow(
      /SendGrid has no dynamic template of this id/,
    );
    const shown = await run('email:it', '--save', await fileOf({ templateId: idOf('403') }), '--preview');
    expect(shown.out).toMatch(/^! SendGrid does not let the key of this installation read templates/);
  });
});
