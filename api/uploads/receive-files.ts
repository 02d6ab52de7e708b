import multer, { MulterError } from 'multer';
import type { StorageEngine } from 'multer';
import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { Config } from '../../platform/config';
import type { StoredUpload, Uploads } from '../../store/imports/uploads';
import { HttpProblem } from '../http/http-problem';

/** A file of the request, stored under the id of its future import. */
export interface StoredFile extends Express.Multer.File {
  importId: string;
  stored: StoredUpload;
}

const FIELD = 'files';

/** Streams the uploaded files into GridFS, so that no file is in memory as a whole. */
export function receiveFiles(uploads: Uploads, { maxBytes, maxFiles }: Config['upload']): RequestHandler {
  const receive = multer({
    storage: intoUploads(uploads),
    limits: {
      fileSize: maxBytes,
      files: maxFiles,
      fields: 20,
      parts: maxFiles + 20,
      fieldSize: 10_000,
      headerPairs: 50,
    },
    defParamCharset: 'utf8',
  }).array(FIELD);

  return (request, response, next) => {
    receive(request, response, (error: unknown) => {
      next(error === undefined || error === null ? undefined : toProblem(error, { maxBytes, maxFiles }));
    });
  };
}

function intoUploads(uploads: Uploads): StorageEngine {
  return {
    _handleFile(_request, file, done) {
      const importId = randomUUID();
      // Set before the file is stored, so that `_removeFile` can remove an incomplete one.
      Object.assign(file, { importId });
      uploads.save(importId, file.stream).then(
        (stored) => done(null, { stored } as Partial<StoredFile>),
        (error: unknown) => done(error),
      );
    },
    _removeFile(_request, file, done) {
      uploads.remove((file as StoredFile).importId).then(
        () => done(null),
        (error: Error) => done(error),
      );
    },
  };
}

const tooManyFiles = (maxFiles: number): HttpProblem =>
  new HttpProblem(
    413,
    'too-many-files',
    `One upload may contain at most ${maxFiles} files. Upload the others separately; nothing was imported.`,
  );

const megabytes = (bytes: number): string => `${Number((bytes / (1024 * 1024)).toFixed(1))} MB`;

/** multer reports some invalid uploads as plain errors, which would become a 500. */
function toProblem(error: unknown, { maxBytes, maxFiles }: Config['upload']): unknown {
  if (error instanceof MulterError) {
    switch (error.code) {
      case 'LIMIT_FILE_SIZE':
        return new HttpProblem(
          413,
          'file-too-large',
          `A file may have at most ${megabytes(maxBytes)}. Split it and upload the parts; nothing was imported.`,
        );
      case 'LIMIT_FILE_COUNT':
      case 'LIMIT_PART_COUNT':
        return tooManyFiles(maxFiles);
      case 'LIMIT_UNEXPECTED_FILE':
        return error.field === FIELD
          ? tooManyFiles(maxFiles)
          : new HttpProblem(400, 'unexpected-field', `Files belong in the form field "${FIELD}".`);
      default:
        return new HttpProblem(400, 'bad-upload', `The upload form is invalid: ${error.message}.`);
    }
  }
  if (error instanceof Error && /^(Multipart:|Unexpected end of form|Malformed part header)/.test(error.message)) {
    return new HttpProblem(
      400,
      'bad-upload',
      `The upload form is incomplete or malformed (${error.message}). Send it again; nothing was imported.`,
    );
  }
  return error;
}
