import { charsetOf } from '../../domain/exports/write-csv';
import type { Dialect } from '../../domain/exports/write-csv';
import type { FileHead } from '../http/answers';

export const csvFile = (name: string, dialect: Dialect): FileHead => ({
  name,
  type: `text/csv; charset=${charsetOf(dialect)}; header=present`,
});

const MAX_STEM = 100;

/** The name of the upload without its extension and without characters that are invalid in file names. */
export function stemOf(fileName: string): string {
  const stem = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '')
    .trim();
  return [...stem].slice(0, MAX_STEM).join('') || 'import';
}
