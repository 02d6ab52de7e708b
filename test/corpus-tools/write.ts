import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CASES } from './committed';
import { CORPUS, pathOf } from '../corpus/corpus';

/** Writes the files of the corpus anew, always with the same bytes: npm run corpus:write */
async function writeCorpus(): Promise<void> {
  rmSync(CASES, { recursive: true, force: true });
  for (const file of CORPUS) {
    if (file.isMadeAtRunTime) continue;
    const path = join(CASES, pathOf(file));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await file.content());
  }
}

void writeCorpus();
