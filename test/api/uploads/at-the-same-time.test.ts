import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const FILE_LIMIT_BYTES = 10_000;
const FILES_PER_DAY = 20;
const NOTES_AT_ONCE = 100;

describe('What an upload does at the same time', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(
      { UPLOAD_MAX_BYTES: `${FILE_LIMIT_BYTES}`, UPLOAD_FILES_PER_DAY: `${FILES_PER_DAY}` },
      { worker: false, outbox: false },
    );
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => stack.stop());

  const file = (name: string, bytes = 0) => ({
    name: `${name}.csv`,
    content: toCsv(people(1, name)).padEnd(bytes, '\n'),
  });
  const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' };
  const byHand = () => stack.api.call('POST', '/v1/clients', { body: JSON.stringify(ann) });
  const counts = () =>
    Promise.all(
      ['imports', 'uploads.files', 'uploads.chunks', 'idempotency_keys'].map((name) =>
        stack.db.collection(name).countDocuments(),
      ),
    );

  /** Resolves once imports are about to be written. */
  function whenWriting(): Promise<void> {
    const { newImports } = stack.store;
    const write = newImports.createOnce.bind(newImports);
    return new Promise((resolve) => {
      jest.spyOn(newImports, 'createOnce').mockImplementation((...all) => {
        resolve();
        return write(...all);
      });
    });
  }

  test.each([
    ['of a file', () => stack.api.upload(file('unnoted'))],
    ['with a key', () => stack.api.uploadAs({ 'Idempotency-Key': 'unnoted' }, {}, file('unnoted'))],
    ['of a person by hand', byHand],
  ])('An upload %s whose note fails while its import is written leaves nothing', async (_what, send) => {
    const before = await counts();
    const writing = whenWriting();
    jest.spyOn(stack.store.auditLog, 'begin').mockImplementation(async () => {
      await writing;
      throw new Error('not noted');
    });
    expect((await send()).status).toBe(500);
    expect(await counts()).toEqual(before);
    jest.restoreAllMocks();
    expect((await send()).status).toBe(202);
  });

  test('The organisation is read once for a request, whatever becomes of its files', async () => {
    const read = jest.spyOn(stack.store.organisations, 'find');
    const { status, body } = await stack.api.upload(file('small'), file('large', FILE_LIMIT_BYTES + 1));
    expect({ status, body }).toMatchObject({ status: 202, body: { rejected: [{ status: 'rejected' }] } });
    expect(read).toHaveBeenCalledTimes(1);
    expect((await stack.api.upload(file('alone', FILE_LIMIT_BYTES + 1))).status).toBe(413);
    expect(read).toHaveBeenCalledTimes(2);
    expect((await byHand()).status).toBe(202);
    expect(read).toHaveBeenCalledTimes(3);
  });

  test('An upload beyond the quota writes no import, and is on record as refused, once', async () => {
    const write = jest.spyOn(stack.store.newImports, 'createOnce');
    const files = Array.from({ length: FILES_PER_DAY + 1 }, (_, i) => file(`over${i}`));
    expect((await stack.api.upload(...files)).status).toBe(429);
    expect(write).not.toHaveBeenCalled();
    const newest = () => stack.store.auditLog.list({ organisationId: DEMO_ORGANISATION_ID, limit: 1 });
    const entries = await newest();
    expect(entries).toMatchObject([{ action: 'uploadFiles', status: 429, code: 'upload-quota-used-up', targets: [] }]);
    await stack.store.auditLog.clearNotes(new Date(), NOTES_AT_ONCE);
    expect(await newest()).toEqual(entries);
  });
});
