import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import writeExcelFile from 'write-excel-file/node';
import type { REPORT_HEADER } from '../../domain/exports/report';
import { createApiCaller } from '../support/api-caller';
import { download } from '../support/download';
import { HEADER, mobileNumber, people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const OURS = ['import_line', 'import_status', 'import_code', 'import_message', 'import_id'];
const failedRows = (id: string): string => `/v1/imports/${id}/failed-rows.csv`;
const report = (id: string): string => `/v1/imports/${id}/report.csv`;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ MAX_ROWS_PER_FILE: '1200' });
});
afterAll(() => stack.stop());

/** Uploads a file, waits until it rests, and returns its id. */
async function importFile(content: string | Buffer, name = 'clients.csv', fields: Record<string, string> = {}) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('files', new Blob([new Uint8Array(Buffer.from(content))]), name);
  const { body } = await stack.api.call<{ imports: { id: string }[] }>('POST', '/v1/imports', { body: form });
  const { id } = body.imports[0]!;
  await stack.api.rest(id);
  return id;
}

const codeOf = (bytes: Buffer): string => (JSON.parse(bytes.toString()) as { code: string }).code;

/** The lines of a report, each by the names of its columns. */
async function reportLines(id: string, role: 'systemAdministrator' | 'support' = 'systemAdministrator') {
  const { bytes } = await download(stack, report(id), { role });
  return parse<Record<(typeof REPORT_HEADER)[number], string>>(bytes, { bom: true, columns: true });
}

describe('Failed rows', () => {
  const GOOD = [
    'Zoë',
    'Müller',
    'zoe.fb@example.com',
    mobileNumber(900),
    '',
    'Café “Drei” – 5 €',
    'Mayfair',
    'Stammkunde',
  ];
  const NO_NUMBER = ['René', "O'Hara", 'rene.fb@example.com', '12', '', '=SUM(A1)', 'Riverside', '-'];
  const NO_NAME = ['', "'Quoted", 'quoted.fb@example.com', mobileNumber(901), '', '@home;"x"', 'Mayfair', ''];
  const semicolons = (...lines: string[][]): Buffer =>
    iconv.encode(
      [[...HEADER, 'Bemerkung'], ...lines]
        .map((line) => line.map((cell) => (/[;"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';'))
        .join('\r\n'),
      'windows-1252',
    );

  test('When rows of a file from an old Excel fail, then they come back as typed, guarded and each with its reason, and are imported once corrected', async () => {
    const id = await importFile(semicolons(GOOD, NO_NUMBER, NO_NAME), 'Kundenliste März.csv');
    const { status, headers, bytes } = await download(stack, failedRows(id));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=windows-1252; header=present');
    expect(headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Kundenliste%20M%C3%A4rz%20-%20failed%20rows.csv",
    );

    const text = iconv.decode(bytes, 'windows-1252');
    const [header, ...lines] = parse(text, { delimiter: ';' });
    expect(header).toEqual([...HEADER, 'Bemerkung', ...OURS]);
    expect(lines.map((line) => line.slice(0, 8))).toEqual([
      ['René', "O'Hara", 'rene.fb@example.com', '12', '', "'=SUM(A1)", 'Riverside', "'-"],
      ['', "'Quoted", 'quoted.fb@example.com', `'${mobileNumber(901)}`, '', `'@home;"x"`, 'Mayfair', ''],
    ]);
    expect(lines.map((line) => [line[8], line[9], line[10], line[12]])).toEqual([
      ['3', 'rejected', 'mobile.invalid', id],
      ['4', 'rejected', 'first-name.missing', id],
    ]);
    expect(lines[1]![11]).toContain('First Name (column A): The first name is missing.');

    const corrected = text.replace(';12;', `;${mobileNumber(902)};`).replace(/^;'Quoted/m, "Ann;'Quoted");
    const child = await importFile(iconv.encode(corrected, 'windows-1252'), 'Kundenliste korrigiert.csv');
    expect(await stack.api.find(child)).toMatchObject({
      status: 'completed',
      lines: 2,
      rows: { created: 2 },
      corrects: id,
    });
    const created = await stack.db
      .collection('people')
      .find({ importId: child }, { projection: { _id: 0, firstName: 1, lastName: 1, mobile: 1, company: 1 } })
      .sort({ row: 1 })
      .toArray();
    expect(created).toEqual([
      { firstName: 'René', lastName: "O'Hara", mobile: mobileNumber(902), company: '=SUM(A1)' },
      { firstName: 'Ann', lastName: "'Quoted", mobile: mobileNumber(901), company: '@home;"x"' },
    ]);
    expect(await download(stack, failedRows(child))).toMatchObject({ status: 404 });
  });

  test('When a row is uploaded again as it was, then it fails again, and its file has our columns once and the new import', async () => {
    const first = await importFile(toCsv(people(2, 'again', (_, i) => (i === 1 ? { firstName: '' } : {}))));
    const again = await importFile((await download(stack, failedRows(first))).bytes);
    const { bytes } = await download(stack, failedRows(again));
    const [header, line] = parse(bytes, { bom: true });
    expect(header).toEqual([...HEADER, ...OURS]);
    expect(line!.slice(7)).toEqual(['2', 'rejected', 'first-name.missing', expect.any(String), again]);
  });

  test('When a workbook was uploaded, then a CSV file that its program opens comes back', async () => {
    const [good, bad] = people(2, 'book', (_, i) => (i === 1 ? { email: 'jürgen@', company: '東京' } : {}));
    const cells = [HEADER, ...[good!, bad!].map((one) => Object.values(one) as string[])];
    const workbook = await writeExcelFile(
      cells.map((line) => line.map((value) => ({ type: String, value }))),
    ).toBuffer();
    const id = await importFile(workbook, 'book.xlsx');
    const { bytes, headers } = await download(stack, failedRows(id));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(headers.get('content-disposition')).toBe('attachment; filename="book - failed rows.csv"');
    const [header, line] = parse(bytes, { bom: true });
    expect(header).toEqual([...HEADER, ...OURS]);
    expect(line!.slice(0, 10)).toEqual([
      ...[bad!.firstName, bad!.lastName, 'jürgen@', `'${bad!.mobile}`, '', '東京', bad!.group],
      ...['3', 'rejected', 'email.invalid'],
    ]);
  });

  test('When the settings by which a file was read have changed, then its failed rows come back all the same', async () => {
    const organisations = stack.db.collection('organisations');
    const before = await organisations.findOne({ _id: 'demo' as never });
    await organisations.updateOne(
      { _id: 'demo' as never },
      { $set: { headerAliases: { mobile: ['Natel'] }, defaultTeamId: 'demo:mayfair' } },
    );
    const id = await importFile('First Name;Last Name;Email;Natel\nAnn;Lee;ann@;0;\n');
    await organisations.replaceOne({ _id: 'demo' as never }, before!);
    const { status, bytes } = await download(stack, failedRows(id));
    expect([status, bytes.toString()]).toEqual([200, expect.stringContaining('First Name;Last Name;Email;Natel;')]);
    expect(bytes.toString()).toContain('Ann;Lee;ann@;0;');
  });

  test('When a preview is cancelled, then all its rows come back to be uploaded again', async () => {
    const id = await importFile(toCsv(people(2, 'cancelled', () => ({}), 910)), 'preview.csv', { mode: 'preview' });
    await stack.workflow(id).cancel();
    const found = await until(
      'the preview to be cancelled',
      () => stack.api.find(id),
      ({ status }) => status === 'cancelled',
    );
    expect(found.rows.cancelled).toBe(2);
    const { bytes } = await download(stack, failedRows(id));
    const [, ...lines] = parse(bytes, { bom: true });
    expect(lines.map((line) => [line[7], line[8], line[9]])).toEqual([
      ['2', 'cancelled', ''],
      ['3', 'cancelled', ''],
    ]);
    const again = await importFile(bytes);
    expect(await stack.api.find(again)).toMatchObject({ rows: { created: 2 }, corrects: id });
  });

  test('When there is nothing to give back, then the answer says why', async () => {
    const clean = await importFile(toCsv(people(1, 'clean', () => ({}), 920)));
    const refused = await importFile('First Name,Email\nAnn,ann@example.com\n');
    const answers = await Promise.all([clean, refused].map((id) => download(stack, failedRows(id))));
    expect(answers.map(({ status, bytes }) => [status, codeOf(bytes)])).toEqual([
      [404, 'no-failed-rows'],
      [409, 'file-refused'],
    ]);
    expect(answers[1]!.bytes.toString()).toContain('Last Name');
    const noReport = await download(stack, report(refused));
    expect([noReport.status, codeOf(noReport.bytes)]).toEqual([409, 'file-refused']);
  });

  test('When the file itself is gone from the store, then the answer says so', async () => {
    const id = await importFile(toCsv(people(1, 'gone', () => ({ firstName: '' }))));
    await stack.store.uploads.remove(id);
    const { status, bytes } = await download(stack, failedRows(id));
    expect([status, codeOf(bytes)]).toEqual([409, 'file-refused']);
    expect(bytes.toString()).toContain('no longer exists on the server');
  });

  test('When the last part of the file is gone from the store, then no shorter file is given back', async () => {
    const file = toCsv(people(2, 'short', () => ({ firstName: '' }))) + `${' '.repeat(100)}\n`.repeat(3000);
    const id = await importFile(file);
    expect((await download(stack, failedRows(id))).status).toBe(200);
    const lastChunk = { files_id: id, n: 1 } as never;
    expect(await stack.db.collection('uploads.chunks').deleteOne(lastChunk)).toMatchObject({ deletedCount: 1 });
    const { status, bytes } = await download(stack, failedRows(id));
    expect([status, codeOf(bytes)]).toEqual([409, 'file-refused']);
  });
});

describe('The report', () => {
  test('When an import has ended, then each of its lines is there with its end state and how its invitations stand', async () => {
    await importFile(toCsv(people(1, 'known', () => ({ email: 'known.report@example.com' }), 930)));
    const rows = people(
      5,
      'report',
      (_, i) =>
        [
          { firstName: '=1+1' },
          { email: 'sandbox-rejected.report@example.com' },
          { mobile: '+44 20 7946 0000' },
          { email: 'KNOWN.report@example.com' },
          { lastName: '', group: 'Mayfare' },
        ][i]!,
      940,
    );
    const id = await importFile(toCsv(rows), 'Ann’s list.csv', { onExisting: 'skip' });
    const { status, headers, bytes } = await download(stack, report(id));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString()).toContain(`\r\n2,created,'=1+1,`);

    const lines = await reportLines(id);
    expect(
      lines.map((line) => [
        ...[line.Line, line.Status, line.Result, line['Client team']],
        ...[line['Invitation by e-mail'], line['Invitation by SMS'], line.Codes],
      ]),
    ).toEqual([
      ['2', 'created', 'Created', 'Mayfair', 'sent', 'sent', ''],
      ['3', 'created', 'Created', 'Riverside', 'failed', 'sent', 'invitation.address-refused'],
      ['4', 'created', 'Created', 'Mayfair', 'sent', 'suppressed', 'mobile.landline'],
      ['5', 'skipped', 'Skipped: known already', 'Riverside', '', '', ''],
      ['6', 'rejected', 'Rejected; nothing was created or sent', 'Mayfare', '', '', 'last-name.missing group.unknown'],
    ]);
    expect(lines[1]!['Problems and fixes']).toMatch(/^Invitation by e-mail: /);
    expect(lines[0]).toMatchObject({ Mobile: `'${rows[0]!.mobile}`, 'E-mail': rows[0]!.email });
  });

  test('When there are more lines than are fetched at once, then all are there once, in order', async () => {
    const many = people(1100, 'many', (_, i) => (i === 1099 ? {} : { firstName: '' }), 100);
    const id = await importFile(toCsv(many));
    const lines = await reportLines(id);
    expect(lines.map((line) => Number(line.Line))).toEqual(many.map((_, i) => i + 2));
    expect(lines.filter((line) => line.Status === 'rejected')).toHaveLength(1099);
    const failed = parse((await download(stack, failedRows(id))).bytes, { bom: true });
    expect(failed.slice(1).map((line) => Number(line[7]))).toEqual(many.slice(0, -1).map((_, i) => i + 2));
  });
});

describe('Who may take files away', () => {
  let id: string;
  const rows = people(2, 'who', (_, i) => (i === 1 ? { firstName: 'slipped@example.com', lastName: '' } : {}), 950);
  beforeAll(async () => {
    id = await importFile(toCsv(rows));
  });

  test('When support asks, then failed rows are forbidden, and the report shows nobody’s address or number', async () => {
    const { status, bytes } = await download(stack, failedRows(id), { role: 'support' });
    expect([status, codeOf(bytes)]).toEqual([403, 'forbidden']);
    const masked = JSON.stringify(await reportLines(id, 'support'));
    const whole = JSON.stringify(await reportLines(id));
    for (const personal of [rows[0]!.email, rows[0]!.mobile, rows[1]!.email, 'slipped@example.com']) {
      expect(whole).toContain(personal);
      expect(masked).not.toContain(personal);
    }
    expect(masked).toContain('last-name.missing');
  });

  test('When a user administrator asks, then both are given', async () => {
    for (const path of [failedRows(id), report(id)])
      expect((await download(stack, path, { role: 'userAdministrator' })).status).toBe(200);
  });

  test('When another organisation asks, or nobody known, then nothing is given away', async () => {
    const key = 'ci_key-of-another-organisation-000000';
    await stack.store.apiKeys.save(key, 'another', 'systemAdministrator');
    for (const path of [failedRows(id), report(id), failedRows(crypto.randomUUID()), report('x')]) {
      expect(await createApiCaller(stack.url, key).get(path)).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
    }
    for (const path of [failedRows(id), report(id)])
      expect((await createApiCaller(stack.url, '').get(path)).status).toBe(401);
  });

  test('When only the head of a file is asked for, then it is told without the file', async () => {
    for (const path of [failedRows(id), report(id)]) {
      const { status, headers, bytes } = await download(stack, path, { method: 'HEAD' });
      expect([status, bytes.length]).toEqual([200, 0]);
      expect(headers.get('content-type')).toMatch(/^text\/csv/);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="clients - /);
    }
  });
});

describe('Before a file is read', () => {
  test('When files are asked for too early, then the caller is told to come again, unless the import has ended', async () => {
    const idle = await startStack({}, { worker: false });
    try {
      const id = await idle.api.importId(toCsv(people(1, 'early')));
      for (const path of [failedRows(id), report(id)]) {
        const { status, headers, bytes } = await download(idle, path);
        expect([status, codeOf(bytes), headers.get('retry-after')]).toEqual([409, 'not-read-yet', '2']);
      }
      await idle.db.collection('imports').updateOne({ _id: id as never }, { $set: { status: 'cancelled' } });
      const { status, bytes } = await download(idle, report(id));
      expect([status, codeOf(bytes)]).toEqual([409, 'never-read']);
    } finally {
      await idle.stop();
    }
  });
});

describe('An answer on its way', () => {
  const REQUESTS = 'http.server.request.start';
  const most = new Map<string, number>();
  const count = (message: unknown): void => {
    const { response } = message as { response: ServerResponse };
    const { method, url = '' } = response.req;
    const route = `${method} ${url.replace(/[0-9a-f-]{36}/, '{id}')}`;
    response.on('newListener', (event) => {
      if (event === 'close') most.set(route, Math.max(most.get(route) ?? 0, response.listenerCount('close') + 1));
    });
  };
  beforeAll(() => subscribe(REQUESTS, count));
  afterAll(() => unsubscribe(REQUESTS, count));

  test('However many wait for its end, Node takes none of them for a leak', async () => {
    const id = await importFile(toCsv(people(3, 'leak')));
    await download(stack, report(id));
    await download(stack, report(id), { role: 'support' });
    await stack.api.call('POST', `/v1/imports/${id}/undo`, { body: '{}' });
    expect([...most].filter(([, listeners]) => listeners >= EventEmitter.defaultMaxListeners)).toEqual([]);
    expect([...most.keys()]).toEqual(
      expect.arrayContaining(['POST /v1/imports', `GET ${report('{id}')}`, 'POST /v1/imports/{id}/undo']),
    );
  });
});
