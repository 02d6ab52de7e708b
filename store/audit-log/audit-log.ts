import { checkChain, exportEntry } from '../../domain/audit-log/chain';
import type { ChainVerdict } from '../../domain/audit-log/chain';
import { EXPIRE_ACTION } from '../../domain/audit-log/entry';
import type { AuditEntry, AuditRecord, ChainHead, Target } from '../../domain/audit-log/entry';
import type { Collections } from '../documents';
import { createAuditWriter } from './audit-writer';
import { endOfPageBefore } from '../paging';
import { toEntry } from './audit-documents';

export interface AuditPage {
  organisationId: string;
  limit: number;
  /** Only entries before this one. */
  before?: number;
  /** Entries about any of these. */
  targets?: readonly Target[];
  actorId?: string;
  action?: string;
}

/**
 * Who did what when: a chain of entries for each organisation. An action is noted before it begins (`begin`), and has its entry when it
 * has ended (`append`), so that no change is made without a trace, whichever process dies in between. Notes that have their entry are
 * removed later, many at once.
 */
export function createAuditLog({
  auditEntries,
  auditIntents,
  auditHeads,
}: Pick<Collections, 'auditEntries' | 'auditIntents' | 'auditHeads'>) {
  const write = createAuditWriter({ auditEntries, auditHeads });

  async function begin({ id, ...record }: AuditRecord): Promise<void> {
    await auditIntents.insertOne({ ...record, _id: id });
  }

  /** Replaces the note of an action that has begun. */
  async function announce({ id, ...record }: AuditRecord): Promise<void> {
    await auditIntents.replaceOne({ _id: id }, record);
  }

  /** Adds an entry, once. Returns when it is on disk. */
  const append = (record: AuditRecord): Promise<void> => write(record);

  /** All entries of an organisation, the oldest first. */
  async function* all(organisationId: string): AsyncGenerator<AuditEntry> {
    for await (const entry of auditEntries.find({ organisationId }).sort({ sequence: 1 })) yield toEntry(entry);
  }

  return {
    begin,
    announce,
    append,

    /**
     * Removes the notes from before `before`, so many at once. Those that have no entry yet get one first, without an outcome: their
     * process has died.
     */
    async clearNotes(before: Date, atOnce: number): Promise<void> {
      for (;;) {
        const notes = await auditIntents
          .find({ at: { $lt: before } })
          .sort({ at: 1 })
          .limit(atOnce)
          .toArray();
        if (notes.length === 0) return;
        const ids = notes.map(({ _id }) => _id);
        const ended = await auditEntries.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
        const abandoned = notes.filter(({ _id }) => !ended.some((entry) => entry._id === _id));
        await Promise.all(abandoned.map(({ _id, ...record }) => append({ ...record, id: _id })));
        await auditIntents.deleteMany({ _id: { $in: ids } }, REDONE);
      }
    },

    /** The newest first. Throws an `UnknownCursorError` for a `before` that is no entry. */
    async list({ organisationId, limit, before, targets, actorId, action }: AuditPage): Promise<AuditEntry[]> {
      await endOfPageBefore(before, (sequence) => auditEntries.findOne({ organisationId, sequence }));
      const entries = await auditEntries
        .find({
          organisationId,
          // Compared field by field, in this order.
          ...(targets && { targets: { $in: targets.map(({ kind, id }) => ({ kind, id })) } }),
          ...(actorId !== undefined && { 'actor.id': actorId }),
          ...(action !== undefined && { action }),
          ...(before !== undefined && { sequence: { $lt: before } }),
        })
        .sort({ sequence: -1 })
        .limit(limit)
        .toArray();
      return entries.map(toEntry);
    },

    all,

    /** Checks the whole chain of an organisation, against its head on record and what was noted elsewhere. */
    async verify(organisationId: string, anchors: readonly ChainHead[] = []): Promise<ChainVerdict> {
      // Before the entries: what is added meanwhile is no gap.
      const head = await auditHeads.findOne({ _id: organisationId });
      const check = checkChain();
      for await (const entry of all(organisationId)) check.take(exportEntry(entry));
      return check.end([...(head ? [head] : []), ...anchors]);
    },

    /** The organisations that have entries. */
    async organisations(): Promise<string[]> {
      return (await auditHeads.find({ _id: { $gt: '' } }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    },

    /**
     * Removes the entries from before `before`. An entry says first from where on the chain is kept, so that nobody else can
     * remove its beginning unnoticed. Safe in several processes at once.
     */
    async expire(organisationId: string, before: Date): Promise<void> {
      const oldestFirst = auditEntries.find({ organisationId }).sort({ sequence: 1 }).limit(1);
      const oldest = await oldestFirst.next();
      if (!oldest || oldest.at >= before) return;
      const [kept, newest] = await Promise.all([
        auditEntries
          .find({ organisationId, at: { $gte: before } })
          .sort({ sequence: 1 })
          .limit(1)
          .next(),
        auditEntries.find({ organisationId }).sort({ sequence: -1 }).limit(1).next(),
      ]);
      const through = kept ? kept.sequence - 1 : newest!.sequence;
      const last = await auditEntries.findOne({ organisationId, sequence: through });
      if (!last) return;
      await append({
        id: `expire:${organisationId}:${through}`,
        organisationId,
        at: new Date(),
        actor: { kind: 'system', id: 'retention', name: null, role: null },
        network: null,
        action: EXPIRE_ACTION,
        targets: [],
        facts: { through, hash: last.hash },
        status: null,
        code: null,
      });
      await auditEntries.deleteMany({ organisationId, sequence: { $lte: through } });
    },
  };
}

/** Not awaited by the majority: if it is lost, it is done again. */
const REDONE = { writeConcern: { w: 1 } } as const;
