import { createHash } from 'node:crypto';
import { EXPIRE_ACTION } from './entry';
import type { AuditEntry, AuditRecord, ChainHead } from './entry';

/** What the first entry of an organisation follows. */
export const CHAIN_START: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** An entry as it is exported: the form that is hashed, and its hash. */
export interface ExportedEntry {
  id: string;
  organisation: string;
  sequence: number;
  /** ISO 8601 in UTC, with milliseconds. */
  at: string;
  actor: AuditEntry['actor'];
  network: string | null;
  action: string;
  targets: AuditEntry['targets'];
  facts: AuditEntry['facts'];
  status: number | null;
  code: string | null;
  previousHash: string;
  hash: string;
}

type Unhashed = Omit<AuditEntry, 'hash'>;

const exported = (entry: Unhashed): Omit<ExportedEntry, 'hash'> => ({
  id: entry.id,
  organisation: entry.organisationId,
  sequence: entry.sequence,
  at: entry.at.toISOString(),
  actor: entry.actor,
  network: entry.network,
  action: entry.action,
  targets: entry.targets,
  facts: entry.facts,
  status: entry.status,
  code: entry.code,
  previousHash: entry.previousHash,
});

export const exportEntry = (entry: AuditEntry): ExportedEntry => ({ ...exported(entry), hash: entry.hash });

/** Links records to a chain, in their order. */
export function linkRecords(head: ChainHead, records: readonly AuditRecord[]): AuditEntry[] {
  let { sequence, hash } = head;
  return records.map((record) => {
    const unhashed = { ...record, sequence: ++sequence, previousHash: hash };
    hash = hashOf(exported(unhashed));
    return { ...unhashed, hash };
  });
}

/**
 * SHA-256, hex, of the exported entry without its hash as canonical JSON (RFC 8785: sorted names, no blanks), so that anybody can
 * check an export: `jq -cjS 'del(.hash)' | sha256sum`.
 */
export const hashOf = (entry: Omit<ExportedEntry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted({ ...entry, hash: undefined })))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]));
}

export interface ChainFinding {
  kind:
    /** The content of the entry does not have its hash. */
    | 'altered'
    /** Entries before this one are missing. */
    | 'removed'
    /** The entry stands behind a later one. */
    | 'reordered'
    /** It follows another entry than the one before it, which was replaced. */
    | 'replaced'
    /** Entries after this one are missing. */
    | 'cut-off'
    /** It differs from the anchor of its sequence. */
    | 'anchor-differs';
  sequence: number;
  detail: string;
}

/** A check of one chain, fed entry by entry in their order. */
export interface ChainCheck {
  take(entry: ExportedEntry): void;
  /** All findings, by `heads`: what is known of the chain from elsewhere. */
  end(heads?: readonly ChainHead[]): ChainVerdict;
}

export interface ChainVerdict {
  entries: number;
  /** The newest entry: to be noted elsewhere, as an anchor for later. */
  head: ChainHead | null;
  findings: ChainFinding[];
}

/** Finds entries that were altered, removed, replaced or put elsewhere. */
export function checkChain(): ChainCheck {
  const findings: ChainFinding[] = [];
  /** The hashes of entries, which an anchor of any age can name: 64 bytes each. */
  const hashes = new Map<number, string>();
  let first: ExportedEntry | undefined;
  let last: ExportedEntry | undefined;
  let beginning: ChainHead = CHAIN_START;
  const report = (kind: ChainFinding['kind'], sequence: number, detail: string): void =>
    void findings.push({ kind, sequence, detail });

  return {
    take(entry) {
      const { sequence, hash, previousHash, action, facts } = entry;
      if (hashOf(entry) !== hash) report('altered', sequence, 'Its content does not have its hash.');
      hashes.set(sequence, hash);
      if (action === EXPIRE_ACTION) beginning = { sequence: Number(facts.through), hash: String(facts.hash) };
      first ??= entry;
      if (last && sequence <= last.sequence) {
        report('reordered', sequence, `It stands behind entry ${last.sequence}.`);
        return;
      }
      if (last && sequence > last.sequence + 1)
        report('removed', sequence, `${nameRange(last.sequence + 1, sequence - 1)} missing before it.`);
      else if (last && previousHash !== last.hash)
        report('replaced', last.sequence, `Entry ${sequence} was written after another one.`);
      last = entry;
    },

    end(heads = []) {
      // Without an entry that says from where on entries are kept, the first is the first of all.
      if (first && first.sequence > beginning.sequence + 1)
        report(
          'removed',
          first.sequence,
          `${nameRange(beginning.sequence + 1, first.sequence - 1)} missing before it.`,
        );
      else if (first?.sequence === beginning.sequence + 1 && first.previousHash !== beginning.hash)
        report('replaced', beginning.sequence, `Entry ${first.sequence} was written after another one.`);
      for (const { sequence, hash } of heads) {
        const known = hashes.get(sequence);
        if (sequence > (last?.sequence ?? 0))
          report('cut-off', last?.sequence ?? 0, `${nameRange((last?.sequence ?? 0) + 1, sequence)} missing after it.`);
        else if (known !== undefined && known !== hash)
          report('anchor-differs', sequence, 'It has another hash than was noted then.');
      }
      const head = last && { sequence: last.sequence, hash: last.hash };
      return { entries: hashes.size, head: head ?? null, findings };
    },
  };
}

const nameRange = (from: number, to: number): string =>
  from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`;
