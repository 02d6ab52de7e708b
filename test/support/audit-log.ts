import type { AuditRecord } from '../../domain/audit-log/entry';
import { uniqueName } from './environment';

/** Somebody has paused an import. */
export const auditRecord = (organisationId: string, change: Partial<AuditRecord> = {}): AuditRecord => ({
  id: uniqueName('request-'),
  organisationId,
  at: new Date(),
  actor: { kind: 'key', id: 'key', name: 'Front desk', role: 'support' },
  network: '192.0.2.0/24',
  action: 'pauseImport',
  targets: [{ kind: 'import', id: 'import-1' }],
  facts: {},
  status: 200,
  code: null,
  ...change,
});
