import { IMPORT_KINDS } from '../../contract/import';
import type { TemplateDescription } from '../../domain/exports/template';
import { createApiCaller } from '../support/api-caller';
import { download } from '../support/download';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('Templates', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ MAX_ROWS_PER_FILE: '120' });
  });
  afterAll(() => stack.stop());

  const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const FILES = IMPORT_KINDS.flatMap((kind) => [
    [kind, `${kind}.csv`, 'text/csv; charset=utf-8'] as const,
    [kind, `${kind}.xlsx`, XLSX] as const,
  ]);

  test.each(FILES)(
    'When anybody with a key fetches a %s template as %s, then it comes as a file with a name',
    async (_kind, name, type) => {
      for (const role of ['systemAdministrator', 'userAdministrator', 'support'] as const) {
        const { status, headers, bytes } = await download(stack, `/v1/templates/${name}`, { role });
        expect(status).toBe(200);
        expect(headers.get('content-type')).toBe(type);
        expect(headers.get('content-disposition')).toBe(`attachment; filename=${name.replace('.', '-template.')}`);
        expect(bytes.length).toBeGreaterThan(100);
      }
      const head = await download(stack, `/v1/templates/${name}`, { method: 'HEAD' });
      expect(head).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
      expect(head.headers.get('content-type')).toBe(type);
    },
  );

  test.each(['clients', 'clients.json', 'staff', 'staff.json'])(
    'When a program fetches the template %s, then it gets columns, rules and limits',
    async (name) => {
      const { status, body } = await stack.as('support').get<TemplateDescription>(`/v1/templates/${name}`);
      expect(status).toBe(200);
      expect(body.kind).toBe(name.split('.')[0]);
      expect(body.maxRows).toBe(120);
      expect(body.columns[0]).toMatchObject({ key: 'firstName', header: 'First Name', letter: 'A', required: true });
    },
  );

  test('When the organisation has headers, a country and a default team of its own, then its template says so', async () => {
    const organisations = stack.db.collection('organisations');
    const own = { headerAliases: { company: ['Firma'] }, defaultCountry: 'FR', defaultTeamId: 'demo:mayfair' };
    const before = await organisations.findOne({ _id: 'demo' as never });
    await organisations.updateOne({ _id: 'demo' as never }, { $set: own });
    const { body } = await stack.api.get<TemplateDescription>('/v1/templates/clients');
    const column = (key: string) => body.columns.find((one) => one.key === key)!;
    expect(column('company').otherHeaders).toContain('Firma');
    expect(column('mobile').rule).toContain('France');
    expect(column('group').rule).toContain('default client team');
    await organisations.replaceOne({ _id: 'demo' as never }, before!);
  });

  test('When there is no such template, or no key, then that is said', async () => {
    for (const name of ['clients.pdf', 'people.csv', 'clients.csv.exe', '%2e%2e%2fetc']) {
      expect(await stack.api.get(`/v1/templates/${name}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    const stranger = createApiCaller(stack.url, 'ci_this-is-not-a-key-of-anybody-00000');
    expect(await stranger.get('/v1/templates/clients')).toMatchObject({ status: 401 });
  });

  test.each(FILES)(
    'When the %s template %s is uploaded as it is, then its row is skipped and nobody is created',
    async (kind, name) => {
      const { bytes } = await download(stack, `/v1/templates/${name}`);
      const id = await uploadAs(kind, name, bytes);
      const people = () => stack.db.collection('people').countDocuments();
      const before = await people();
      const found = await stack.api.rest(id);
      expect(found).toMatchObject({ status: 'completed', lines: 1, rows: { skipped: 1, created: 0, rejected: 0 } });
      expect(await people()).toBe(before);
      expect(await stack.sandbox.messages()).toEqual([]);
    },
  );

  async function uploadAs(kind: string, name: string, bytes: Buffer): Promise<string> {
    const form = new FormData();
    form.append('kind', kind);
    form.append('files', new Blob([new Uint8Array(bytes)]), name);
    const { body } = await stack.api.call<{ imports: { id: string }[] }>('POST', '/v1/imports', { body: form });
    return body.imports[0]!.id;
  }
});
