import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';

const PAGE = join(PROJECT, 'docs', 'drills.md');

/** Writes the result of a drill into the page of last results, between the marks of its name. The first row is the heading. */
export function keepResult(name: string, table: readonly (readonly string[])[], took: string): void {
  const [heading = [], ...rows] = table;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const text = [row(heading), row(heading.map(() => '---')), ...rows.map(row)].join('\n');
  const day = new Date().toISOString().slice(0, 10);
  const page = readFileSync(PAGE, 'utf8');
  const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(page)) throw new Error(`docs/drills.md has no place for the result of ${name}`);
  writeFileSync(
    PAGE,
    page.replace(
      marked,
      (_all, begin: string, end: string) => `${begin}\n${day}, ${took} in all:\n\n${text}\n\n${end}`,
    ),
  );
  execFileSync(join(PROJECT, 'node_modules', '.bin', 'prettier'), ['--write', PAGE]);
}
