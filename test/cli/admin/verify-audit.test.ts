import { auditRecord } from '../../support/audit-log';
import { sharedServers, uniqueName } from '../../support/environment';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';
import { runHere } from '../cli';

describe('client-import admin verify-audit', () => {
  let scratch: ScratchStore;
  const before = { ...process.env };
  beforeAll(async () => {
    scratch = await openScratchStore();
    process.env.MONGODB_URI = sharedServers().mongodbUri;
    process.env.MONGODB_DATABASE = scratch.db.databaseName;
  });
  afterAll(async () => {
    process.env = before;
    await scratch.close();
  });

  test('One altered entry among the logs of all organisations is found', async () => {
    const [whole, broken] = [uniqueName('org-'), uniqueName('org-')];
    for (const org of [whole, broken, broken, broken]) await scratch.store.auditLog.append(auditRecord(org));
    expect(await runHere(['admin', 'verify-audit'])).toMatchObject({ code: 0 });
    const second = { organisationId: broken, sequence: 2 };
    await scratch.collections.auditEntries.updateOne(second, { $set: { status: 409 } });
    const { code, out } = await runHere(['admin', 'verify-audit']);
    expect(code).toBe(2);
    expect(out).toContain(`Organisation ${whole}: 1 entry, the chain is whole.`);
    expect(out).toMatch(
      new RegExp(`Organisation ${broken}: 3 entries, THE CHAIN IS BROKEN\\.\\n {2}entry 2 {2}altered`),
    );
  });
});
