import type { AnchorOption } from '../audit-log-commands';
import type { Terminal } from '../commands/session';
import { verifyAudit } from '../audits/verify-audit';
import { withStore } from './with-store';

export interface VerifyAuditOptions extends AnchorOption {
  organisation?: string;
}

/** Resolves to 2 where an entry was altered, removed, exchanged or cut off. */
export const verifyAuditLogs = ({ organisation, anchor }: VerifyAuditOptions, { out }: Terminal): Promise<0 | 2> =>
  withStore(({ auditLog }) =>
    verifyAudit(auditLog, { ...(organisation !== undefined && { organisation }), anchors: anchor }, out),
  );
