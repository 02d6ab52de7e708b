import { auditRecord } from '../../support/audit-log';
import { uniqueName } from '../../support/environment';
import { runHere } from '../cli';
import { onServer } from './server-commands';

describe('client-import admin verify-audit', () => {
  const server = onServer();

  test('One altered entry among the logs of all organisations is found', async () => {
    const [whole, broken] = [uniqueName('org-'), uniqueName('org-')];
    const { store, collections } = server.scratch;
    for (const org of [whole, broken, broken, broken]) await store.auditLog.append(auditRecord(org));
    expect(await runHere(['admin', 'verify-audit'])).toMatchObject({ code: 0 });
    const second = { organisationId: broken, sequence: 2 };
    await collections.auditEntries.updateOne(second, { $set: { status: 409 } });
    const { code, out } = await runHere(['admin', 'verify-audit']);
    expect(code).toBe(2);
    expect(out).toContain(`Organisation ${whole}: 1 entry, the chain is whole.`);
    expect(out).toMatch(
      new RegExp(`Organisation ${broken}: 3 entries, THE CHAIN IS BROKEN\\.\\n {2}entry 2 {2}altered`),
    );
  });
});
