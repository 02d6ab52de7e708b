import writeExcelFile from 'write-excel-file/node';
import { eraseDue, expireOutdated } from '../../api/erasure/keep-personal-data';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import type { ErasureDoc } from '../../store/erasure/erasure-documents';
import type { UploadedFile } from '../support/api-caller';
import { createGate } from '../support/gate';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { searchTraces } from '../support/traces';
import type { TraceSearch } from '../support/traces';
import { until } from '../support/until';

const DAY_MS = 86_400_000;
const HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'];

describe('The erasure of a person whom a file names that is not read yet', () => {
  const gate = createGate();
  let stack: Stack;
  let traces: TraceSearch;
  let stopWorker = () => Promise.resolve();
  let isWorking = false;
  async function startWorker(): Promise<void> {
    if (!isWorking) stopWorker = await stack.startWorker();
    isWorking = true;
  }
  async function pauseWorker(): Promise<void> {
    isWorking = false;
    await stopWorker();
    stopWorker = () => Promise.resolve();
  }
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, workerStore: (store) => gate.around(store) });
    traces = searchTraces(stack);
  });
  // One that has failed may have left none.
  beforeEach(startWorker);
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });

  const erase = (id: string, kind = 'clients') =>
    stack.api.call<{ status: string; removed: Record<string, number> | null }>(
      'DELETE',
      `/v1/${kind}/${encodeURIComponent(id)}/personal-data`,
    );
  const erasures = () => stack.db.collection<ErasureDoc>('erasures');
  const idOf = async ({ email }: Person): Promise<string> =>
    (await stack.db.collection('people').findOne({ emailKey: email.toLowerCase() }))!._id as never;
  const sentTo = async (...among: Person[]): Promise<LedgerMessage[]> =>
    (await stack.sandbox.messages()).filter(({ to }) =>
      among.some(({ email, mobile }) => to === email || to === mobile),
    );
  /** As the API itself goes on with it. */
  const erased = (id: string): Promise<ErasureDoc> =>
    until(
      'the erasure to end',
      async () => {
        await eraseDue(stack.store, stack.config);
        return (await erasures().findOne({ _id: id }))!;
      },
      ({ erasedAt }) => erasedAt !== undefined,
    );

  let used = 0;
  /** Somebody who was imported and invited, and is in no other file. */
  async function known(lastName: string): Promise<Person> {
    const [person] = people(1, `known${++used}`, () => ({ lastName, email: `${lastName}@birds.example` }), 20 * used);
    const done = await stack.api.rest(await stack.api.importId(toCsv([person!])));
    expect(done.rows).toMatchObject({ created: 1 });
    return person!;
  }
  /** With the person as line 3 of 4. */
  const among = (person: Person): Person[] => {
    const [first, last] = people(2, `others${used}`, () => ({}), 20 * used + 1);
    return [first!, person, last!];
  };
  const asCsv = (rows: Person[], name = 'queued.csv'): UploadedFile => ({ name, content: toCsv(rows) });
  async function asXlsx(rows: Person[], header = HEADER): Promise<UploadedFile> {
    const lines = rows.map(({ firstName, lastName, email, mobile, role, company, group }) =>
      [firstName, lastName, email, mobile, role, company, group].map((value) => ({ value, type: String })),
    );
    const head = header.map((value) => ({ value, type: String }));
    const content = await writeExcelFile([head, ...lines]).toBuffer();
    return { name: 'queued.xlsx', content: new Uint8Array(content) };
  }
  async function upload(file: UploadedFile, options: Record<string, string> = {}): Promise<string> {
    return (await stack.api.uploadWith(options, file)).body.imports[0]!.id;
  }
  const chunksOf = (id: string) => stack.db.collection('uploads.chunks').countDocuments({ files_id: id });

  test.each([
    ['a CSV file', 'Kuckuck', (rows: Person[]) => asCsv(rows)],
    ['a workbook', 'Pirol', (rows: Person[]) => asXlsx(rows)],
    ['a file that is named after them', 'Wiedehopf', (rows: Person[]) => asCsv(rows, 'Wiedehopf and others.csv')],
  ])(
    'is open until %s is read, which invites the others alone, and then leaves no trace',
    async (_what, name, make) => {
      const person = await known(name);
      const [id, before] = [await idOf(person), await sentTo(person)];
      expect(before).toHaveLength(2);
      await pauseWorker();
      const rows = among(person);
      const queued = await upload(await make(rows));
      const asked = await erase(id);
      expect(asked).toMatchObject({ status: 202, body: { status: 'erasing', removed: null } });
      expect(await erase(id)).toMatchObject({ status: 202 });

      await startWorker();
      const done = await stack.api.rest(queued);
      expect(done).toMatchObject({ lines: 3, rows: { created: 2, skipped: 1 } });
      expect((await stack.api.rows(queued))[1]).toMatchObject({
        status: 'skipped',
        person: { firstName: '', email: '' },
        problems: [{ code: 'person.erased' }],
      });
      expect(await erased(id)).toMatchObject({ importIds: expect.arrayContaining([queued]) as string[] });
      expect(await erase(id)).toMatchObject({ status: 200, body: { removed: { rows: 2, files: 2 } } });
      expect(await sentTo(person)).toHaveLength(before.length);
      expect(await sentTo(rows[0]!, rows[2]!)).toHaveLength(4);
      expect(await chunksOf(queued)).toBe(0);
      const words = [name, person.mobile.slice(2)];
      expect(await traces.inDatabase(words)).toEqual([]);
      expect(await traces.inAnswers(words, [queued])).toEqual([]);
      expect((await stack.api.get<{ ok: boolean }>(`/v1/imports/${queued}/audit`)).body).toMatchObject({ ok: true });
      expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    },
  );

  test('stops a step that has read them and has not staged their row yet', async () => {
    const person = await known('Zaunkoenig');
    const [id, before] = [await idOf(person), await sentTo(person)];
    const held = gate.hold('plans.record', 'before');
    // Without the address that is known it would create them, and with it change them.
    const queued = await upload(asCsv(among({ ...person, company: 'Aviarium' })), { onExisting: 'update' });
    await held.arrival;
    expect((await erase(id)).status).toBe(202);
    held.release();
    expect(await stack.api.rest(queued)).toMatchObject({ status: 'completed', rows: { created: 2, skipped: 1 } });
    await erased(id);
    expect(await sentTo(person)).toHaveLength(before.length);
    expect(await traces.inDatabase(['zaunkoenig', 'aviarium'])).toEqual([]);
  });

  describe('as a preview', () => {
    test('ends it, before or after it was read', async () => {
      const person = await known('Sperling');
      const id = await idOf(person);
      const read = await upload(asCsv(among(person)), { mode: 'preview' });
      await stack.api.rest(read);
      await pauseWorker();
      const queued = await upload(await asXlsx(among(person)), { mode: 'preview' });
      expect((await erase(id)).status).toBe(202);
      expect(await stack.api.find(read)).toMatchObject({ status: 'cancelled' });
      expect(await chunksOf(read)).toBe(0);
      await startWorker();
      await erased(id);
      expect(await stack.api.rest(queued)).toMatchObject({ status: 'cancelled', rows: { skipped: 1, cancelled: 2 } });
      expect(await traces.inDatabase(['sperling'])).toEqual([]);
    });

    test('that asks for its columns waits for the answer, and takes nothing about them from it', async () => {
      const person = await known('Nachtigall');
      const [id, before] = [await idOf(person), await sentTo(person)];
      const header = ['Etunimi', 'Sukunimi', 'Kontakt', 'Mobil number', 'Rooli', 'Yritys', 'Tiimi'];
      const others = people(9, 'many', () => ({}), 20 * ++used);
      const rows = [...others, person];
      const csv = toCsv(rows).replace(/^[^\r\n]*/, header.join(','));
      const asking = await upload({ name: 'asks.csv', content: csv });
      const asked = await stack.api.rest(asking);
      expect(asked).toMatchObject({ status: 'awaiting-approval', questions: [{ kind: 'columns' }], lines: 0 });
      expect(JSON.stringify(asked.questions)).not.toMatch(/nachtigall/i);
      expect((await erase(id)).status).toBe(202);
      expect(await stack.api.find(asking)).toMatchObject({ status: 'awaiting-approval' });
      // Nothing but that file is left: it is put off, and not searched for each few seconds.
      await erasures().updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
      await eraseDue(stack.store, stack.config);
      expect((await erasures().findOne({ _id: id }))!.checkAt!.getTime()).toBeGreaterThan(Date.now() + 30_000);

      const mapping = {
        firstName: 'Etunimi',
        lastName: 'Sukunimi',
        email: 'Kontakt',
        mobile: 'Mobil number',
        group: 'Tiimi',
      };
      const chosen = await stack.api.choose(asking, { mapping });
      expect(chosen.status).toBe(200);
      expect((await stack.api.rows(asking)).at(-1)).toMatchObject({ status: 'skipped', person: { email: '' } });
      await erased(id);
      expect(await stack.api.find(asking)).toMatchObject({ status: 'cancelled' });
      expect(await sentTo(person)).toHaveLength(before.length);
      expect(await traces.inDatabase(['nachtigall'])).toEqual([]);
    });

    test('that does not name them stays, and is not read otherwise any more', async () => {
      const person = await known('Stieglitz');
      const other = await upload(asCsv(people(2, 'innocent', () => ({}), 20 * ++used)), { mode: 'preview' });
      const { plan } = await stack.api.rest(other);
      expect((await erase(await idOf(person))).status).toBe(200);
      expect(await stack.api.choose(other, { sharedMobiles: 'hold' } as never)).toMatchObject({
        status: 409,
        body: { code: 'choice-rejected', detail: expect.stringContaining('erased since') as string },
      });
      expect((await stack.api.apply(other, plan!.hash)).status).toBe(202);
      expect(await stack.api.rest(other)).toMatchObject({ status: 'completed', rows: { created: 2 } });
    });
  });

  test('takes them from a file whose rows wait for their client team', async () => {
    const setActive = (active: boolean) =>
      stack.db.collection('people').updateMany({ kind: 'staff', teamIds: 'demo:riverside' }, { $set: { active } });
    const [person] = people(1, 'waits', () => ({ lastName: 'Rohrdommel' }), 20 * ++used) as [Person];
    await setActive(false);
    const waiting = await upload(await asXlsx(among(person).map((one) => ({ ...one, group: 'Riverside' }))));
    expect(await stack.api.rest(waiting)).toMatchObject({ status: 'waiting', rows: { waiting: 3 } });
    // Another file has made them known meanwhile.
    await stack.api.rest(await upload(asCsv([{ ...person, group: 'Mayfair' }])));
    const [id, before] = [await idOf(person), await sentTo(person)];
    expect(before).toHaveLength(2);

    const long = new Date(Date.now() + 400 * DAY_MS);
    await expireOutdated(stack.store, { filesMs: DAY_MS, rowsMs: DAY_MS }, long);
    expect(await chunksOf(waiting)).toBeGreaterThan(0);
    expect((await stack.api.rows(waiting)).every((row) => row.person.email !== '')).toBe(true);

    expect((await erase(id)).status).toBe(200);
    expect(await chunksOf(waiting)).toBe(0);
    expect(await stack.api.find(waiting)).toMatchObject({ status: 'waiting', rows: { waiting: 2, skipped: 1 } });
    const member = await stack.db.collection('people').findOne({ kind: 'staff', teamIds: 'demo:riverside' });
    await stack.api.call('POST', `/v1/staff/${encodeURIComponent(String(member!._id))}/activation`);
    const done = await until(
      'the others to be created',
      () => stack.api.find(waiting),
      ({ status }) => status === 'completed',
    );
    expect(done.rows).toMatchObject({ created: 2, skipped: 1 });
    expect(await sentTo(person)).toHaveLength(before.length);
    expect(await traces.inDatabase(['rohrdommel'])).toEqual([]);
    // Once it has ended, its time counts.
    await expireOutdated(stack.store, { filesMs: DAY_MS, rowsMs: DAY_MS }, long);
    expect(await stack.api.find(waiting)).toMatchObject({ expired: 'rows' });
  });

  test('is the same for a staff member', async () => {
    const csv = (email: string, lastName: string, mobile: string) =>
      `First Name,Last Name,Email,Mobile,Role,Client Teams\r\nGreta,${lastName},${email},${mobile},Staff,Mayfair\r\n`;
    const [one, two] = people(2, 'staff', () => ({}), 20 * ++used) as [Person, Person];
    const email = 'greta.haubentaucher@birds.example';
    const first = await upload(
      { name: 'staff.csv', content: csv(email, 'Haubentaucher', one.mobile) },
      { kind: 'staff' },
    );
    expect(await stack.api.rest(first)).toMatchObject({ rows: { created: 1 } });
    const id = await idOf({ ...one, email });
    await pauseWorker();
    const content =
      csv(email, 'Haubentaucher', one.mobile) + csv(two.email, 'Other', two.mobile).split('\r\n')[1]! + '\r\n';
    const queued = await upload({ name: 'more staff.csv', content }, { kind: 'staff', onExisting: 'update' });
    expect((await erase(id, 'staff')).status).toBe(202);
    await startWorker();
    expect(await stack.api.rest(queued)).toMatchObject({ rows: { created: 1, skipped: 1 } });
    await erased(id);
    expect(await traces.inDatabase(['haubentaucher'])).toEqual([]);
  });

  test('leaves a file alone that is uploaded after it: it is a new decision', async () => {
    const person = await known('Zugvogel');
    const id = await idOf(person);
    expect((await erase(id)).status).toBe(200);
    const later = await upload(asCsv(among(person)));
    expect(await stack.api.rest(later)).toMatchObject({ status: 'completed', rows: { created: 3 } });
    expect(await sentTo(person)).toHaveLength(4);
  });

  test('ends as well if such a file is cancelled before it is read', async () => {
    const person = await known('Eisvogel');
    const id = await idOf(person);
    await pauseWorker();
    const queued = await upload(asCsv(among(person)));
    expect((await erase(id)).status).toBe(202);
    expect((await stack.api.call('POST', `/v1/imports/${queued}/cancel`)).status).toBe(202);
    await startWorker();
    await stack.api.rest(queued);
    await erasures().updateOne({ _id: id }, { $set: { checkAt: new Date(0) } });
    await erased(id);
    expect(await chunksOf(queued)).toBe(0);
    expect(await traces.inDatabase(['eisvogel'])).toEqual([]);
  });
});
