import { GridFSBucket, ObjectId } from 'mongodb';
import type { Db } from 'mongodb';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';

export interface StoredUpload {
  bytes: number;
  sha256: string;
}

/** The uploaded files, in GridFS, under the id of their import. */
export function createUploads(db: Db) {
  const bucket = new GridFSBucket(db, { bucketName: 'uploads' });
  const files = db.collection<{ _id: string }>('uploads.files');
  const pieces = db.collection<{ files_id: string; n: number }>('uploads.chunks');

  /** Removes a file and its pieces, also those of an upload that broke off before its file entry was written. */
  async function removeUpload(importId: string): Promise<void> {
    await pieces.deleteMany({ files_id: importId });
    await files.deleteOne({ _id: importId });
  }

  return {
    /** Streams a file in; resolves when all of it is on disk at the majority. */
    async save(importId: string, content: Readable): Promise<StoredUpload> {
      const hash = createHash('sha256');
      let bytes = 0;
      const measure = new Transform({
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

    /** The whole file, or `null` if there is none. Files are small: the upload limit bounds them. */
    async read(importId: string): Promise<Buffer | null> {
      if (!(await files.findOne({ _id: importId }, { projection: { _id: 1 } }))) return null;
      const parts: Buffer[] = [];
      for await (const part of bucket.openDownloadStream(importId as never)) parts.push(part as Buffer);
      return Buffer.concat(parts);
    },

    remove: removeUpload,

    /**
     * Ids of uploads that were begun before `before` and have no import: the request that brought them died. Their first
     * pieces tell, since an upload that broke off has no file entry.
     */
    async orphans(before: Date, limit: number): Promise<string[]> {
      const found = await pieces
        .aggregate<{ files_id: string }>([
          { $match: { n: 0, _id: { $lt: ObjectId.createFromTime(Math.floor(before.getTime() / 1000)) } } },
          { $lookup: { from: 'imports', localField: 'files_id', foreignField: '_id', as: 'imports' } },
          { $match: { imports: [] } },
          { $limit: limit },
          { $project: { files_id: 1 } },
        ])
        .toArray();
      return found.map((piece) => piece.files_id);
    },
  };
}
export type Uploads = ReturnType<typeof createUploads>;
