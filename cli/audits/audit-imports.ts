import type { AuditFinding } from '../../domain/audit/snapshot';
import { printable } from '../output/text';
import type { Session } from './session';
import type { AuditView } from '../http/views';

const MOST_FINDINGS = 20;

/** Checks the invariants of these imports; of all imports without ids. Resolves to 2 where one is broken. */
export async function auditImports({ api, out }: Session, ids: string[]): Promise<0 | 2> {
  let broken = 0;
  let audited = 0;
  for await (const id of ids.length > 0 ? ids : api.listImportIds()) {
    const audit = await api.auditImport(id);
    audited += 1;
    if (!audit.ok) broken += 1;
    out.write(`${formatAudit(audit)}\n`);
  }
  out.write(`${audited} audited, ${broken} with broken rules.\n`);
  return broken > 0 ? 2 : 0;
}

function formatAudit({ id, fileName, status, ok, invariants }: AuditView): string {
  const lines = invariants.flatMap((invariant) => {
    const { findings, remark } = invariant;
    const mark = invariant.ok === null ? '-' : invariant.ok ? 'ok' : 'BROKEN';
    return [
      `  ${invariant.id} ${mark.padEnd(6)} ${invariant.claim}${remark ? `. ${remark}` : ''}`,
      ...findings.slice(0, MOST_FINDINGS).map((finding) => `            ${formatFinding(finding)}`),
      ...(findings.length > MOST_FINDINGS ? [`            … and ${findings.length - MOST_FINDINGS} more`] : []),
    ];
  });
  const verdict = ok ? 'no rule is broken.' : 'RULES ARE BROKEN.';
  return [`${printable(fileName)} (${id}), ${status}: ${verdict}`, ...lines].join('\n');
}

const formatFinding = ({ row, channel, detail }: AuditFinding): string =>
  [row === null ? '' : `line ${row}`, channel ?? '', detail].filter(Boolean).join(' ');
