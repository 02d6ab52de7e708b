import type { AuditFinding } from '../../domain/audit/snapshot';
import { writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { shortId } from '../http/find-id';
import { formatTable, terminalWidth } from '../output/table';
import { printable } from '../output/text';
import type { Session } from '../commands/session';
import type { AuditView } from '../http/views';

const MOST_FINDINGS = 20;
/** Where the claims of a block begin. */
const BELOW_CLAIM = ' '.repeat(14);

/**
 * Checks the invariants of these imports; of all imports without ids. One import is shown rule by rule; of several there is a table,
 * and below it each that breaks a rule. Resolves to 2 where one is broken.
 */
export async function auditImports(
  { api, out }: Session,
  ids: readonly string[],
  output: Output = 'table',
): Promise<0 | 2> {
  const audits: AuditView[] = [];
  for await (const id of ids.length > 0 ? ids : allIds(api)) audits.push(await api.auditImport(id));
  const broken = audits.filter(({ ok }) => !ok);
  if (output === 'json') writeList(out, audits, [], output);
  else if (output === 'csv') writeList(out, audits.flatMap(rulesOf), RULES, output);
  else {
    const isOne = audits.length === 1;
    if (!isOne) writeList(out, audits, IMPORTS, output);
    for (const audit of isOne ? audits : broken)
      out.write(`${isOne ? '' : '\n'}${formatAudit(audit, terminalWidth(out))}\n`);
    out.write(`${audits.length} audited, ${broken.length} with broken rules.\n`);
  }
  return broken.length > 0 ? 2 : 0;
}

const ruleIds = ({ invariants }: AuditView, ok: boolean | null): string =>
  invariants
    .filter((invariant) => invariant.ok === ok)
    .map(({ id }) => id)
    .join(' ');

const IMPORTS: readonly Column<AuditView>[] = [
  { heading: 'id', of: ({ id }) => id, inTable: ({ id }) => shortId(id), whole: true },
  { heading: 'file', of: ({ fileName }) => fileName },
  { heading: 'status', of: ({ status }) => status, whole: true },
  { heading: 'ok', of: (audit) => ruleIds(audit, true) },
  { heading: 'broken', of: (audit) => ruleIds(audit, false), whole: true },
  { heading: 'not judged', of: (audit) => ruleIds(audit, null) },
];

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

function formatAudit({ id, fileName, status, ok, invariants }: AuditView, width: number): string {
  const lines = invariants.flatMap((invariant) => {
    const { findings, remark } = invariant;
    const mark = invariant.ok === null ? '-' : invariant.ok ? 'ok' : 'BROKEN';
    return [
      formatTable(
        [[invariant.id, mark.padEnd('BROKEN'.length), `${invariant.claim}${remark ? `. ${remark}` : ''}`]],
        width,
      ),
      ...findings.slice(0, MOST_FINDINGS).map((finding) => `${BELOW_CLAIM}${formatFinding(finding)}`),
      ...(findings.length > MOST_FINDINGS ? [`${BELOW_CLAIM}… and ${findings.length - MOST_FINDINGS} more`] : []),
    ];
  });
  const verdict = ok ? 'no rule is broken.' : 'RULES ARE BROKEN.';
  return [`${printable(fileName)} (${id}), ${status}: ${verdict}`, ...lines].join('\n');
}

const formatFinding = ({ row, channel, detail }: AuditFinding): string =>
  [row === null ? '' : `line ${row}`, channel ?? '', detail].filter(Boolean).join(' ');
