import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusCase } from '../corpus/case';
import { pathOf } from '../corpus/corpus';

export const CASES = join(__dirname, '../corpus/cases');

/** A file of the corpus as it lies in the repository. */
export const committed = (file: CorpusCase): Uint8Array => readFileSync(join(CASES, pathOf(file)));

/** A file of the corpus, wherever it comes from. */
export const contentOf = async (file: CorpusCase): Promise<Uint8Array> =>
  file.isMadeAtRunTime ? file.content() : committed(file);
