import { CHAIN_START, linkRecords } from '../../domain/audit-log/chain';
import type { AuditRecord, ChainHead } from '../../domain/audit-log/entry';
import type { Collections } from '../documents';
import { isDuplicateKey } from '../duplicates';

/** Entries of one write. */
const MOST_AT_ONCE = 100;
/** Each try in vain means that another process has written. */
const MAX_TRIES = 100;
/** How long a process trusts what it has written itself, in milliseconds: far less than entries are kept. */
const HEAD_TRUSTED_MS = 60_000;
const MOST_HEADS = 1000;

interface Waiting {
  record: AuditRecord;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Returns a function that adds records to the chains of their organisations. The unique index of organisation and sequence lets
 * one of several processes continue a chain; the others try again behind it. Within a process the records that come while a write
 * is under way are written together by the next one, so that a busy organisation costs few writes. The head that a process has written
 * is tried first: if another one has gone on from there, the index says so.
 */
export function createAuditWriter({
  auditEntries,
  auditHeads,
}: Pick<Collections, 'auditEntries' | 'auditHeads'>): (record: AuditRecord) => Promise<void> {
  /** What waits, by organisation, as long as a write of it is under way. */
  const queues = new Map<string, Waiting[]>();
  /** The oldest first. */
  const written = new Map<string, { head: ChainHead; until: number }>();

  return (record) =>
    new Promise((resolve, reject) => {
      const { organisationId } = record;
      const queue = queues.get(organisationId);
      if (queue) return void queue.push({ record, resolve, reject });
      const begun = [{ record, resolve, reject }];
      queues.set(organisationId, begun);
      void writeAll(organisationId, begun);
    });

  async function writeAll(organisationId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST_AT_ONCE);
      try {
        await write(
          organisationId,
          batch.map(({ record }) => record),
        );
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    queues.delete(organisationId);
  }

  async function write(organisationId: string, records: readonly AuditRecord[]): Promise<void> {
    let left = [...new Map(records.map((record) => [record.id, record])).values()];
    for (let tries = 1; left.length > 0; tries++) {
      const entries = linkRecords(takeWritten(organisationId) ?? (await findHead(organisationId)), left);
      try {
        await auditEntries.insertMany(
          entries.map(({ id, ...entry }) => ({ ...entry, _id: id })),
          { ordered: true },
        );
        remember(organisationId, entries.at(-1)!);
        return await recordHead(organisationId, entries.at(-1)!);
      } catch (error) {
        // Another process was faster, perhaps behind the first of them, or an entry with this id stands already.
        if (!isDuplicateKey(error) || tries === MAX_TRIES) throw error;
        const ids = left.map(({ id }) => id);
        const known = await auditEntries
          .find({ _id: { $in: ids } }, { ...UNACKNOWLEDGED, projection: { _id: 1 } })
          .toArray();
        left = left.filter(({ id }) => !known.some(({ _id }) => _id === id));
      }
    }
  }

  /** Forgets it, too: only a write that succeeds is remembered. */
  function takeWritten(organisationId: string): ChainHead | undefined {
    const known = written.get(organisationId);
    written.delete(organisationId);
    return known && performance.now() < known.until ? known.head : undefined;
  }

  function remember(organisationId: string, { sequence, hash }: ChainHead): void {
    written.set(organisationId, { head: { sequence, hash }, until: performance.now() + HEAD_TRUSTED_MS });
    if (written.size > MOST_HEADS) written.delete(written.keys().next().value!);
  }

  /** The end of the chain, or what was on record as its end: a gap behind a removed end stays visible for good. */
  async function findHead(organisationId: string): Promise<ChainHead> {
    const [last, head] = await Promise.all([
      auditEntries.find({ organisationId }, UNACKNOWLEDGED).sort({ sequence: -1 }).limit(1).next(),
      auditHeads.findOne({ _id: organisationId }),
    ]);
    if (!last || !head) return last ?? head ?? CHAIN_START;
    return last.sequence >= head.sequence ? last : head;
  }

  /** A slower process does not take it back. Not awaited by the majority: a head that lags is no finding. */
  async function recordHead(organisationId: string, { sequence, hash }: ChainHead): Promise<void> {
    const isNewer = { $gt: [sequence, { $ifNull: ['$sequence', 0] }] };
    await auditHeads.updateOne(
      { _id: organisationId },
      [{ $set: { hash: { $cond: [isNewer, hash, '$hash'] }, sequence: { $max: ['$sequence', sequence] } } }],
      { upsert: true, writeConcern: { w: 1 } },
    );
  }
}

/**
 * Reads also what the majority has not acknowledged yet, or a process would collide with the newest entry of another until it is.
 * What is written behind such an entry is acknowledged after it.
 */
const UNACKNOWLEDGED = { readConcern: { level: 'local' } } as const;
