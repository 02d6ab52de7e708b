import type { AuditFinding } from '../../domain/audit/snapshot';
import { writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { printable } from '../output/text';
import type { Session } from '../commands/session';
import type { AuditView } from '../http/views';

const MOST_FINDINGS = 20;

/** Checks the invariants of these imports; of all imports without ids. Resolves to 2 where one is broken. */
export async function auditImports(
  { api, out }: Session,
  ids: readonly string[],
  output: Output = 'table',
): Promise<0 | 2> {
  const audits: AuditView[] = [];
  for await (const id of ids.length > 0 ? ids : allIds(api)) {
    const audit = await api.auditImport(id);
    audits.push(audit);
    if (output === 'table') out.write(`${formatAudit(audit)}\n`);
  }
  const broken = audits.filter(({ ok }) => !ok).length;
  if (output === 'table') out.write(`${audits.length} audited, ${broken} with broken rules.\n`);
  else if (output === 'json') writeList(out, audits, [], output);
  else writeList(out, audits.flatMap(rulesOf), RULES, output);
  return broken > 0 ? 2 : 0;
}

const rulesOf = ({ id, fileName, invariants }: AuditView) =>
  invariants.map((invariant) => ({ import: id, fileName, invariant }));

const RULES: readonly Column<ReturnType<typeof rulesOf>[number]>[] = [
  { heading: 'import', of: ({ import: id }) => id },
  { heading: 'file', of: ({ fileName }) => fileName },
  { heading: 'rule', of: ({ invariant }) => invariant.id },
  { heading: 'ok', of: ({ invariant }) => invariant.ok },
  { heading: 'claim', of: ({ invariant }) => invariant.claim },
  { heading: 'findings', of: ({ invariant }) => invariant.findings.map(formatFinding).join('; ') },
];

async function* allIds(api: Session['api']): AsyncGenerator<string> {
  for await (const { id } of api.listImports()) yield id;
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
