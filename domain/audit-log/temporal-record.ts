import { createHash } from 'node:crypto';
import type { AuditRecord } from './entry';

/** What somebody has done by Temporal: a message to the workflow of an import, or something done to the workflow itself. */
export interface DoneByTemporal extends Pick<
  AuditRecord,
  'organisationId' | 'at' | 'action' | 'facts' | 'status' | 'code'
> {
  importId: string;
  /** Of the event alone, the same each time that it is read. A part may come from its sender, so only its hash is kept. */
  eventKey: string;
  /** As Temporal names whoever did it: a program on a host, or the address of whoever has signed in to its UI. Empty if it does not. */
  identity: string;
}

/** Its entry in the audit log. Temporal shows with the event who did it; here is a hash alone, which may be compared. */
export const temporalRecord = ({ importId, eventKey, identity, ...rest }: DoneByTemporal): AuditRecord => ({
  ...rest,
  id: `temporal_${hashOf(eventKey)}`,
  actor: { kind: 'temporal', id: identity === '' ? 'unknown' : `temporal_${hashOf(identity)}`, name: null, role: null },
  network: null,
  targets: [{ kind: 'import', id: importId }],
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
