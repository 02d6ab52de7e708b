import type { AuditFinding } from '../../domain/audit/snapshot';
import { printable } from '../output/printable';
import type { Session } from '../session';
import type { AuditView } from '../http/views';

const MOST_FINDINGS = 20;

/** Shows whether the books of imports are true; of all of them where none is named. Resolves to 2 where one is not. */
export async function auditImports({ api, out }: Session, ids: string[]): Promise<0 | 2> {
  let broken = 0;
  let audited = 0;
  for await (const id of ids.length > 0 ? ids : api.importIds()) {
    const view = await api.audit(id);
    audited += 1;
    if (!view.ok) broken += 1;
    out.write(`${formatAudit(view)}\n`);
  }
  out.write(`${audited} audited, ${broken} with broken rules.\n`);
  return broken > 0 ? 2 : 0;
}

function formatAudit({ id, fileName, status, ok, invariants }: AuditView): string {
  const verdict = ok ? 'true' : 'NOT TRUE';
  const lines = invariants.flatMap((invariant) => {
    const { findings, remark } = invariant;
    const mark = invariant.ok === null ? '-' : invariant.ok ? 'ok' : 'BROKEN';
    return [
      `  ${invariant.id} ${mark.padEnd(6)} ${invariant.claim}${remark ? `. ${remark}` : ''}`,
      ...findings.slice(0, MOST_FINDINGS).map((finding) => `            ${describe(finding)}`),
      ...(findings.length > MOST_FINDINGS ? [`            … and ${findings.length - MOST_FINDINGS} more`] : []),
    ];
  });
  return [`${printable(fileName)} (${id}), ${status}: the books are ${verdict}.`, ...lines].join('\n');
}

const describe = ({ row, channel, detail }: AuditFinding): string =>
  [row === null ? '' : `line ${row}`, channel ?? '', detail].filter(Boolean).join(' ');
