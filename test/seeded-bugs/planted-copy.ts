import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';
import type { SeededBug } from './bugs';

const NOT_COPIED = ['node_modules', '.git', '.client-import', 'dist', 'coverage'];

/** Copies the project, uncommitted changes included; the copy links to the project's packages. */
export function copyProject(folder: string): void {
  mkdirSync(folder);
  for (const name of readdirSync(PROJECT).filter((entry) => !NOT_COPIED.includes(entry))) {
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

/** Plants a bug; the returned function removes it. */
export function plant({ file, find, replace }: SeededBug, folder: string): () => void {
  const path = join(folder, file);
  const sound = readFileSync(path, 'utf8');
  const places = occurrences(sound, find);
  if (places !== 1) throw new Error(`${file} has ${places} places that read: ${find}`);
  // As a function, because `replace` interprets dollar signs in a string.
  const planted = sound.replace(find, () => replace);
  writeFileSync(path, planted);
  return () => writeFileSync(path, sound);
}

export const occurrences = (text: string, part: string): number => text.split(part).length - 1;
