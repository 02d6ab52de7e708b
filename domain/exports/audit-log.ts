import type { ExportedEntry } from '../audit-log/chain';

/** The columns of the audit log as CSV, one line an entry. */
export const AUDIT_LOG_HEADER = [
  'sequence',
  'at',
  'action',
  'actor_kind',
  'actor_id',
  'actor_name',
  'role',
  'network',
  'targets',
  'facts',
  'status',
  'code',
  'id',
  'previous_hash',
  'hash',
] as const;

export const auditLogRecord = (entry: ExportedEntry): string[] => [
  `${entry.sequence}`,
  entry.at,
  entry.action,
  entry.actor.kind,
  entry.actor.id,
  entry.actor.name ?? '',
  entry.actor.role ?? '',
  entry.network ?? '',
  entry.targets.map(({ kind, id }) => `${kind} ${id}`).join('; '),
  Object.entries(entry.facts)
    .map(([name, value]) => `${name}=${value}`)
    .join('; '),
  entry.status === null ? '' : `${entry.status}`,
  entry.code ?? '',
  entry.id,
  entry.previousHash,
  entry.hash,
];

/** The audit log as NDJSON, the form that can be checked by `client-import verify-events`. JSON escapes all line breaks. */
export const auditLogLine = (entry: ExportedEntry): string => `${JSON.stringify(entry)}\n`;
