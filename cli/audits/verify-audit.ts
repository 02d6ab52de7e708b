import type { ChainVerdict } from '../../domain/audit-log/chain';
import type { ChainHead } from '../../domain/audit-log/entry';
import { CliError } from '../http/cli-error';
import { formatVerdict } from './chain-verdict';

/** The part of the store that the check needs. */
export interface AuditLogs {
  organisations(): Promise<string[]>;
  verify(organisationId: string, anchors: readonly ChainHead[]): Promise<ChainVerdict>;
}

/**
 * Checks the audit log of an organisation, or of all, in the database. Resolves to 2 where an entry was altered, removed or put
 * elsewhere.
 */
export async function verifyAudit(
  auditLog: AuditLogs,
  { organisation, anchors = [] }: { organisation?: string; anchors?: readonly ChainHead[] },
  out: NodeJS.WriteStream,
): Promise<0 | 2> {
  if (anchors.length > 0 && organisation === undefined)
    throw new CliError('An anchor belongs to one organisation: name it with --organisation.');
  let exitCode: 0 | 2 = 0;
  for (const id of organisation === undefined ? await auditLog.organisations() : [organisation]) {
    const verdict = await auditLog.verify(id, anchors);
    out.write(`${formatVerdict(`Organisation ${id}`, verdict)}\n`);
    if (verdict.findings.length > 0) exitCode = 2;
  }
  return exitCode;
}
