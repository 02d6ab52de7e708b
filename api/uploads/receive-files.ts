import multer, { MulterError } from 'multer';
import type { StorageEngine } from 'multer';
import type { Request, RequestHandler } from 'express';
import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import type { Config } from '../../platform/config';
import type { StoredUpload, UploadMemory, Uploads } from '../../store/imports/uploads';
import { HttpProblem } from '../http/http-problem';

/** A file of the request, stored under the id of its future import; or not stored, because it is too large. */
export interface StoredFile extends Express.Multer.File {
  importId: string;
  stored: StoredUpload;
  isTooLarge?: true;
}

export const FIELD = 'files';
const FORM = /^multipart\/form-data\s*(?:;|$)/i;
/** Files of one request that are stored, or removed, at a time: fifty small ones at once would hold the event loop. */
const STORED_AT_ONCE = 2;

export type UploadLimits = Pick<Config['upload'], 'maxBytes' | 'maxFiles'>;

/**
 * Of the fields beside the files. There is no `headerPairs`, which multer documents and its parser ignores: that takes 16 KB of
 * headers a part.
 */
export const FORM_LIMITS = {
  fields: 20,
  fieldSize: 10_000,
  fieldNameSize: 100,
  fieldNestingDepth: 1,
  fieldArrayIndexLimit: 0,
} as const;
const PART_HEADER_BYTES = 16 * 1024;

/** The largest body of a valid upload: its files, its fields, and the headers of both. */
export const uploadBytes = ({ maxBytes, maxFiles }: UploadLimits): number =>
  maxFiles * (maxBytes + PART_HEADER_BYTES) + FORM_LIMITS.fields * (FORM_LIMITS.fieldSize + PART_HEADER_BYTES);

/** Small files of one request that are in memory until they are imports: 50 of 500 rows have some 2.5 MB. */
export const MEMORY_BYTES = 3 * 1024 * 1024;

/** Streams the uploaded files into GridFS, so that no large file is in memory as a whole. */
export function receiveFiles(
  uploads: Uploads,
  { maxFiles }: Pick<UploadLimits, 'maxFiles'>,
  maxBytesOf: (request: Request) => number,
): RequestHandler {
  const receive = multer({
    storage: intoUploads(uploads, maxBytesOf),
    limits: { ...FORM_LIMITS, files: maxFiles, parts: maxFiles + FORM_LIMITS.fields },
    defParamCharset: 'utf8',
  }).array(FIELD);

  return (request, response, next) => {
    const type = request.get('content-type') ?? '';
    // Before multer, which takes any kind of multipart and then fails as if the fault were ours.
    if (/^multipart\//i.test(type) && !FORM.test(type)) throw wrongKind();
    // The parser calls back from the events of the connection, which belong to no request and know of no trace.
    const received = AsyncResource.bind((error: unknown) => {
      next(error === undefined || error === null ? undefined : toProblem(error, maxFiles));
    });
    receive(request, response, received);
  };
}

class FileTooLarge extends Error {}

/**
 * Stores each file. One that is too large is read to its end, as multer does after any error, but not stored, and keeps the others from
 * nothing: so multer does not know the limit.
 */
function intoUploads(uploads: Uploads, maxBytesOf: (request: Request) => number): StorageEngine {
  // Each request has places of its own, so that a slow one keeps nobody waiting.
  const places = new WeakMap<Request, pLimit.Limit>();
  const placesOf = (request: Request): pLimit.Limit => {
    const known = places.get(request) ?? pLimit(STORED_AT_ONCE);
    places.set(request, known);
    return known;
  };
  const memories = new WeakMap<Request, UploadMemory>();
  const memoryOf = (request: Request): UploadMemory => {
    const known = memories.get(request) ?? { bytes: MEMORY_BYTES };
    memories.set(request, known);
    return known;
  };

  async function store(
    importId: string,
    content: Readable,
    { memory, maxBytes }: { memory: UploadMemory; maxBytes: number },
  ): Promise<Pick<StoredFile, 'stored' | 'isTooLarge'>> {
    // Destroyed, the content would leave the parser waiting for ever.
    const parts = content.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
    let bytes = 0;
    async function* withinLimit(): AsyncGenerator<Buffer> {
      for await (const part of parts) {
        bytes += part.length;
        if (bytes > maxBytes) throw new FileTooLarge();
        yield part;
      }
    }
    try {
      return { stored: await uploads.save(importId, Readable.from(withinLimit()), memory) };
    } catch (error) {
      if (!(error instanceof FileTooLarge)) throw error;
      for await (const part of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
        bytes += part.length;
      return { stored: { bytes, sha256: '' }, isTooLarge: true };
    }
  }

  return {
    _handleFile(request, file, done) {
      const importId = randomUUID();
      // Set before the file is stored, so that `_removeFile` can remove an incomplete one.
      Object.assign(file, { importId });
      placesOf(request)(() =>
        store(importId, file.stream, { memory: memoryOf(request), maxBytes: maxBytesOf(request) }),
      ).then(
        (stored) => done(null, stored as Partial<StoredFile>),
        (error: unknown) => done(error),
      );
    },
    _removeFile(request, file, done) {
      placesOf(request)(() => uploads.remove((file as StoredFile).importId)).then(
        () => done(null),
        (error: Error) => done(error),
      );
    },
  };
}

const wrongKind = (): HttpProblem =>
  new HttpProblem(
    415,
    'unsupported-form',
    `Files are uploaded as multipart/form-data, which browsers and "curl -F ${FIELD}=@clients.csv" send. Send it as that; nothing was imported.`,
  );

/** For a text part with the name of the files. */
export const noFile = (): HttpProblem =>
  new HttpProblem(
    400,
    'not-a-file',
    `The form field "${FIELD}" came as text, not as a file: it has no file name. Send the file itself, as "curl -F ${FIELD}=@clients.csv" does (with the @); nothing was imported.`,
  );

const tooManyFiles = (maxFiles: number): HttpProblem =>
  new HttpProblem(
    413,
    'too-many-files',
    `One upload may contain at most ${maxFiles} files. Upload the others separately; nothing was imported.`,
  );

export const tooLarge = (maxBytes: number, effect = 'nothing was imported'): HttpProblem =>
  new HttpProblem(
    413,
    'file-too-large',
    `A file may have at most ${megabytes(maxBytes)}. Split it and upload the parts; ${effect}.`,
  );

const megabytes = (bytes: number): string => `${Number((bytes / (1024 * 1024)).toFixed(1))} MB`;

/** multer reports some invalid uploads as plain errors, which would become a 500. */
function toProblem(error: unknown, maxFiles: number): unknown {
  if (error instanceof MulterError) {
    switch (error.code) {
      case 'LIMIT_FILE_COUNT':
      case 'LIMIT_PART_COUNT':
        return tooManyFiles(maxFiles);
      case 'LIMIT_FIELD_COUNT':
        return new HttpProblem(
          413,
          'too-many-fields',
          `An upload may have at most ${FORM_LIMITS.fields} fields beside its files; nothing was imported.`,
        );
      case 'LIMIT_FIELD_VALUE':
        return new HttpProblem(
          413,
          'body-too-large',
          `A field of the upload form may have at most ${FORM_LIMITS.fieldSize} bytes; nothing was imported.`,
        );
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
