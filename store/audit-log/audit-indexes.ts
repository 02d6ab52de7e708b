import type { Collections } from '../documents';

export async function ensureAuditIndexes({
  auditEntries,
  auditIntents,
}: Pick<Collections, 'auditEntries' | 'auditIntents'>): Promise<void> {
  await Promise.all([
    // Of several processes one continues the chain of an organisation.
    auditEntries.createIndex({ organisationId: 1, sequence: 1 }, { unique: true }),
    auditEntries.createIndex({ organisationId: 1, targets: 1, sequence: -1 }),
    auditEntries.createIndex({ organisationId: 1, 'actor.id': 1, sequence: -1 }),
    auditEntries.createIndex({ organisationId: 1, action: 1, sequence: -1 }),
    auditIntents.createIndex({ at: 1 }),
  ]);
}
