import { Binary, GridFSBucket } from 'mongodb';
import type { ClientSession, Db } from 'mongodb';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { collectionsOf } from '../documents';
import type { ImportDoc } from '../documents';

export interface StoredUpload {
  bytes: number;
  sha256: string;
  /** Of a file of text: about as many as it has lines. Cells may hold more, and the last line may have none. */
  lineBreaks?: number;
  /** Of a small file, which is stored in the transaction that makes it an import. */
  content?: Buffer;
}

/** The memory that a request has left for its small files. */
export interface UploadMemory {
  bytes: number;
}

const CHUNK_BYTES = 255 * 1024;

/**
 * The uploaded files, in GridFS, by the id of their import. A file of one chunk may stay in memory until it becomes an import.
 * Any other is a pending upload, which gets a document before its first byte is written; the creation of the import removes that,
 * and an old one is an orphan.
 */
export function createUploads(db: Db) {
  const bucket = new GridFSBucket(db, { bucketName: 'uploads', chunkSizeBytes: CHUNK_BYTES });
  const { files, chunks } = uploadCollections(db);
  const { imports, pendingUploads } = collectionsOf(db);

  /** Removes a file and its chunks, also those of an interrupted upload without a file entry. */
  async function removeUpload(importId: string): Promise<void> {
    await chunks.deleteMany({ files_id: importId });
    await files.deleteOne({ _id: importId });
    // Last, so that an upload that a crash leaves half removed is found again.
    await pendingUploads.deleteOne({ _id: importId });
  }

  /** What is known of a file: by its import, or by its entry alone while it is none. */
  async function findKnown(importId: string): Promise<{ bytes: number; sha256?: string } | null> {
    const [file, upload] = await Promise.all([
      files.findOne({ _id: importId }, { projection: { length: 1 } }),
      imports.findOne({ _id: importId }, { projection: { bytes: 1, sha256: 1 } }),
    ]);
    return file && (upload ?? { bytes: file.length });
  }

  const noteBegin = (importId: string) =>
    pendingUploads.updateOne({ _id: importId }, { $currentDate: { begunAt: true } }, { upsert: true });

  return {
    /**
     * Streams a file in. Resolves when the majority has all of it on disk; or with its content, if it has one chunk at most and
     * fits into `memory`, of which it takes its part.
     */
    async save(importId: string, content: Readable, memory?: UploadMemory): Promise<StoredUpload> {
      const hash = createHash('sha256');
      let bytes = 0;
      const breaks = { lineFeeds: 0, returns: 0 };
      let isArchive = false;
      async function* measured(): AsyncGenerator<Buffer> {
        for await (const part of content as AsyncIterable<Buffer>) {
          hash.update(part);
          isArchive ||= bytes === 0 && part.subarray(0, 2).toString('latin1') === 'PK';
          bytes += part.length;
          if (!isArchive) countBreaks(part, breaks);
          yield part;
        }
      }
      const stored = (): StoredUpload => ({
        ...{ bytes, sha256: hash.digest('hex') },
        ...(!isArchive && { lineBreaks: Math.max(breaks.lineFeeds, breaks.returns) }),
      });
      const parts = measured();
      const head: Buffer[] = [];
      while (memory && bytes <= Math.min(CHUNK_BYTES, memory.bytes)) {
        const part = await parts.next();
        if (!part.done) head.push(part.value);
        else {
          memory.bytes -= bytes;
          return { ...stored(), content: Buffer.concat(head) };
        }
      }
      await noteBegin(importId);
      async function* all(): AsyncGenerator<Buffer> {
        yield* head;
        yield* parts;
      }
      try {
        // The driver types ids as ObjectId; any value is allowed, and the import's id makes a second key unnecessary.
        await pipeline(all, bucket.openUploadStreamWithId(importId as never, importId));
      } catch (error) {
        await removeUpload(importId);
        throw error;
      }
      return stored();
    },

    /** Stores small files as `save` would have. */
    async insert(contents: ReadonlyMap<string, Buffer>, session?: ClientSession): Promise<void> {
      const options = { ...(session && { session }) };
      const stored = [...contents].filter(([, content]) => content.length > 0);
      if (stored.length > 0) {
        await chunks.insertMany(
          stored.map(([files_id, content]) => ({ files_id, n: 0, data: new Binary(content) })),
          options,
        );
      }
      await files.insertMany(
        [...contents].map(([_id, { length }]) => ({
          ...{ _id, length, chunkSize: CHUNK_BYTES, filename: _id },
          uploadDate: new Date(),
        })),
        options,
      );
    },

    /**
     * The whole file, exactly as it was uploaded; `null` where it is gone, a part of it is missing, or its bytes are not those
     * that the import was created with, as `known` to who has read it. The driver's own download ends without an error where the
     * last chunks are missing.
     */
    async read(importId: string, known?: Pick<ImportDoc, 'bytes' | 'sha256'>): Promise<Buffer | null> {
      const upload = known ?? (await findKnown(importId));
      if (!upload) return null;
      const { bytes: length, sha256 } = upload;
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const { data } of chunks.find({ files_id: importId }).sort({ n: 1 })) {
        bytes += data.length();
        if (bytes > length) return null;
        parts.push(Buffer.from(data.buffer.subarray(0, data.length())));
      }
      const content = Buffer.concat(parts);
      if (content.length !== length) return null;
      return sha256 !== undefined && createHash('sha256').update(content).digest('hex') !== sha256 ? null : content;
    },

    remove: removeUpload,

    /** Removes the uploads that have not become imports, and prevents that they do. */
    async discard(importIds: string[]): Promise<void> {
      if (importIds.length === 0) return;
      await pendingUploads.updateMany({ _id: { $in: importIds } }, { $set: { discarded: true } });
      const discarded = await pendingUploads.find({ _id: { $in: importIds }, discarded: true }).toArray();
      await Promise.all(discarded.map(({ _id }) => removeUpload(_id)));
    },

    /** Ids of pending uploads that were begun before `before`: their requests have died. */
    async orphans(before: Date, limit: number): Promise<string[]> {
      const orphans = await pendingUploads
        .find({ begunAt: { $lt: before } })
        .sort({ begunAt: 1 })
        .limit(limit)
        .toArray();
      return orphans.map(({ _id }) => _id);
    },
  };
}

/** The collections of the bucket, as GridFS defines them. */
export const uploadCollections = (db: Db) => ({
  files: db.collection<{ _id: string; length: number; chunkSize: number; filename: string; uploadDate: Date }>(
    'uploads.files',
  ),
  chunks: db.collection<{ files_id: string; n: number; data: Binary }>('uploads.chunks'),
});
export type Uploads = ReturnType<typeof createUploads>;

/** Old programs end lines with a return alone, so the more frequent of both counts. */
function countBreaks(part: Buffer, breaks: { lineFeeds: number; returns: number }): void {
  for (const byte of part) {
    if (byte === 0x0a) breaks.lineFeeds += 1;
    else if (byte === 0x0d) breaks.returns += 1;
  }
}
