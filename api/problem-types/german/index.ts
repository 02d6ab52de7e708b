import type { ApiProblemCode } from '../index';
import { GERMAN_IMPORT_PROBLEMS } from './import-problems';
import { GERMAN_REQUEST_PROBLEMS } from './request-problems';

/** All that people can meet. Identity providers and endpoints are set up by whoever reads the English documents. */
const ALL = { ...GERMAN_REQUEST_PROBLEMS, ...GERMAN_IMPORT_PROBLEMS };
const BY_CODE: Partial<Record<ApiProblemCode, readonly [title: string, detail: string]>> = ALL;

export interface RefusalTexts {
  title: string;
  detail: string;
}

/** A refused request in German, unless only programs meet it. */
export function refusalInGerman(code: ApiProblemCode): RefusalTexts | undefined {
  const texts = BY_CODE[code];
  return texts && { title: texts[0], detail: texts[1] };
}
