import { GridFSBucket } from 'mongodb';
import type { Binary, Db } from 'mongodb';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { collectionsOf } from '../documents';

export interface StoredUpload {
  bytes: number;
  sha256: string;
}

/**
 * The uploaded files, in GridFS, by the id of their import. A pending upload gets a document before its first byte is
 * written, which the creation of the import removes. An old pending upload is an orphan.
 */
export function createUploads(db: Db) {
  const bucket = new GridFSBucket(db, { bucketName: 'uploads' });
  const files = db.collection<{ _id: string; length: number }>('uploads.files');
  const chunks = db.collection<{ files_id: string; n: number; data: Binary }>('uploads.chunks');
  const { imports, pendingUploads } = collectionsOf(db);

  /** Removes a file and its chunks, also those of an interrupted upload without a file entry. */
  async function removeUpload(importId: string): Promise<void> {
    await chunks.deleteMany({ files_id: importId });
    await files.deleteOne({ _id: importId });
    // Last, so that an upload that a crash leaves half removed is found again.
    await pendingUploads.deleteOne({ _id: importId });
  }

  const noteBegin = (importId: string) =>
    pendingUploads.updateOne({ _id: importId }, { $currentDate: { begunAt: true } }, { upsert: true });

  return {
    /** Streams a file in. Resolves when the majority has all of it on disk. */
    async save(importId: string, content: Readable): Promise<StoredUpload> {
      const hash = createHash('sha256');
      let bytes = 0;
      const measure = new Transform({
        construct(done) {
          noteBegin(importId).then(() => done(), done);
        },
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          bytes += chunk.length;
          done(null, chunk);
        },
      });
      // The driver types ids as ObjectId; any value is allowed, and the import's id makes a second key unnecessary.
      const target = bucket.openUploadStreamWithId(importId as never, importId);
      try {
        await pipeline(content, measure, target);
      } catch (error) {
        await removeUpload(importId);
        throw error;
      }
      return { bytes, sha256: hash.digest('hex') };
    },

    /**
     * The whole file, exactly as it was uploaded; `null` where it is gone, a part of it is missing, or its bytes are not those
     * that the import was created with. The driver's own download ends without an error where the last chunks are missing.
     */
    async read(importId: string): Promise<Buffer | null> {
      const [file, upload] = await Promise.all([
        files.findOne({ _id: importId }, { projection: { length: 1 } }),
        imports.findOne({ _id: importId }, { projection: { bytes: 1, sha256: 1 } }),
      ]);
      if (!file) return null;
      const length = upload?.bytes ?? file.length;
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const { data } of chunks.find({ files_id: importId }).sort({ n: 1 })) {
        bytes += data.length();
        if (bytes > length) return null;
        parts.push(Buffer.from(data.buffer.subarray(0, data.length())));
      }
      const content = Buffer.concat(parts);
      if (content.length !== length) return null;
      return upload && createHash('sha256').update(content).digest('hex') !== upload.sha256 ? null : content;
    },

    remove: removeUpload,

    /** Removes the uploads that have not become imports, and prevents that they do. */
    async discard(importIds: string[]): Promise<void> {
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
export type Uploads = ReturnType<typeof createUploads>;
