import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const PROJECT = join(__dirname, '..', '..');
const HOUSE = [
  'contract',
  'domain',
  'store',
  'providers',
  'platform',
  'workflows',
  'activities',
  'worker',
  'api',
  'cli',
  'client',
  'web',
  'local',
  'sandbox',
];
/** About a dozen files are one thought; the gate of a folder is a little above. */
const MOST_FILES = 14;

const files = HOUSE.flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => posix.join(folder, file.split(sep).join('/'))),
);
const known = new Set(files);

/** The files of the house that a file imports, by value or by type. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(PROJECT, file), 'utf8'));
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return [];
    const target = relative(PROJECT, resolve(PROJECT, dirname(file), fileName))
      .split(sep)
      .join('/');
    return [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].filter((one) => known.has(one));
  });
}
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Every circle of a graph once, as the path that closes it. */
function circles(graph: Map<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, path: string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) found.push([...path.slice(at), node].join(' -> '));
    if (at >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}

describe('The rooms of the house', () => {
  test('The imports of all files are read', () => {
    expect(imports.get('workflows/import-file.ts')).toContain('contract/import.ts');
    expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
  });

  test('No files import each other in a circle', () => {
    expect(circles(imports)).toEqual([]);
  });

  test('No rooms below the same folder import each other in a circle', () => {
    const rooms = new Map<string, string[]>();
    for (const [file, targets] of imports) {
      for (const target of targets) {
        const [from, to] = [dirname(file), dirname(target)];
        const isInside = (one: string, other: string): boolean => one === other || one.startsWith(`${other}/`);
        if (isInside(from, to) || isInside(to, from)) continue;
        rooms.set(from, [...new Set([...(rooms.get(from) ?? []), to])]);
      }
    }
    expect(circles(rooms)).toEqual([]);
  });

  test(`No room has more than ${MOST_FILES} files`, () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });
});
