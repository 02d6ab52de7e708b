import type { ChainVerdict } from '../../domain/audit-log/chain';
import { countOf } from '../output/text';

const MOST_FINDINGS = 20;

/** What a check of an audit log has found, and the anchor to note for the next one. */
export function formatVerdict(name: string, { entries, head, findings }: ChainVerdict): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const more = findings.length - shown.length;
  return [
    `${name}: ${countOf(entries, 'entry', 'entries')}, ${findings.length === 0 ? 'the chain is whole.' : 'THE CHAIN IS BROKEN.'}`,
    ...shown.map(({ kind, sequence, detail }) => `  entry ${sequence}  ${kind.padEnd(14)}  ${detail}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(head ? [`  Anchor to keep elsewhere: ${head.sequence}:${head.hash}`] : []),
  ].join('\n');
}
