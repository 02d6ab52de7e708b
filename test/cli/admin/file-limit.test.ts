import { uniqueName } from '../../support/environment';
import { organisation } from '../../support/scratch-store';
import { runCli, runHere, unwrapped } from '../cli';
import { onServer } from './server-commands';

describe('client-import admin organisation limit', () => {
  const server = onServer();
  const limit = (id: string, rows: string) =>
    runHere(['admin', 'organisation', 'limit', '--organisation', id, '--max-rows', rows]);
  const given = async (id: string) => (await server.scratch.store.organisations.find(id))?.maxRowsPerFile;
  const logged = async (organisationId: string) =>
    (await server.scratch.store.auditLog.list({ organisationId, limit: 20 }))
      .reverse()
      .map(({ action, facts, status, code }) => ({ action, facts, outcome: code ?? status }));

  async function newOrganisation(): Promise<string> {
    const id = uniqueName('limited-');
    await server.scratch.collections.organisations.insertOne(organisation(id));
    return id;
  }

  test('gives a number of rows, takes it back, and notes both', async () => {
    const id = await newOrganisation();
    const other = await newOrganisation();
    expect(await limit(id, '100000')).toMatchObject({
      code: 0,
      out: '',
      err: `Files of ${id} may have up to 100,000 rows.\n`,
    });
    expect(await given(id)).toBe(100_000);
    expect(await given(other)).toBeUndefined();
    expect(await limit(id, 'default')).toMatchObject({
      code: 0,
      err: expect.stringContaining('the installation allows') as string,
    });
    expect(await given(id)).toBeUndefined();
    expect(await logged(id)).toEqual([
      { action: 'setFileLimit', facts: { maxRows: 100_000 }, outcome: 200 },
      { action: 'setFileLimit', facts: { maxRows: 'default' }, outcome: 200 },
    ]);
    expect(await logged(other)).toEqual([]);
  });

  test.each(['100001', '0', '1.5', 'many'])('refuses %s rows, and changes nothing', async (rows) => {
    const id = await newOrganisation();
    await limit(id, '1');
    const asked = ['admin', 'organisation', 'limit', '--organisation', id, '--max-rows', rows];
    const { code, err } = await runCli(asked, { env: server.settings });
    expect(code).not.toBe(0);
    expect(unwrapped(err)).toMatch(/max-rows/);
    expect(await given(id)).toBe(1);
    expect(await logged(id)).toHaveLength(1);
  });

  test('knows no organisation that does not exist, and makes none', async () => {
    const id = uniqueName('nobody-');
    await expect(limit(id, '1000')).rejects.toThrow(`There is no organisation with the id "${id}"`);
    expect(await server.scratch.store.organisations.find(id)).toBeNull();
  });
});
