import type { RejectedFile } from '../../store/upload-documents';
import { HttpProblem } from '../http/http-problem';
import type { LinkBase } from '../http/links';
import { API_PROBLEMS } from '../problem-types/index';
import { tooLarge } from './receive-files';
import type { UploadedFile } from './upload-request';

export const rejectedFilesOf = (files: readonly UploadedFile[]): RejectedFile[] =>
  files.flatMap(({ originalname, stored: { bytes }, isTooLarge }, position) =>
    isTooLarge ? [{ position, fileName: originalname, bytes, code: 'file-too-large' as const }] : [],
  );

/** Throws a 422 if no file of an upload can become an import, with the reason of each. A file alone is the whole request: 413. */
export function assertSomeUsable(files: readonly UploadedFile[], maxBytes: number): void {
  if (!files.every(({ isTooLarge }) => isTooLarge)) return;
  if (files.length === 1) throw tooLarge(maxBytes);
  throw new HttpProblem(
    422,
    'all-files-rejected',
    'No file of this upload can be imported, each for its own reason in "errors". Nothing was imported.',
    {
      errors: rejectedFilesOf(files).map(({ fileName, code }) => ({
        field: fileName,
        code,
        detail: tooLarge(maxBytes).detail,
      })),
    },
  );
}

/** A file that was rejected at the door, with its own problem document. */
export function rejectedFileView(
  { position, fileName, bytes }: RejectedFile,
  maxBytes: number,
  { publicUrl }: Pick<LinkBase, 'publicUrl'>,
) {
  const { status, code, detail } = tooLarge(maxBytes, 'nothing of it was imported');
  const type = `${publicUrl}/problems/${code}`;
  const problem = { type, title: API_PROBLEMS[code].title, status, code, detail };
  return { position, fileName, bytes, status: 'rejected' as const, problem };
}
