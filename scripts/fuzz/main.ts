import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from './product';
import { installSchemathesis, runSchemathesis, SEED } from './schemathesis';
import type { Counts } from './schemathesis';
import { stockUp } from './stock';

/**
 * `npm run fuzz [-- EXAMPLES]`: Schemathesis against the whole product, by the document of its API, once with the key of an
 * administrator and once without. It fails at any server error and at any answer that the document does not have. The same number
 * of examples asks the same. Needs Python.
 */
const EXAMPLES = 3;
const MINUTE_MS = 60_000;
/** Of a run with so few examples, on a machine with two slow cores; more take as long as they take. */
const WITHIN_MS = 6 * MINUTE_MS;

async function main(examples: number): Promise<void> {
  const tool = installSchemathesis();
  const folder = mkdtempSync(join(tmpdir(), 'client-import-fuzz-'));
  const product = await startProduct(join(folder, 'data'));
  try {
    const stock = await stockUp(product);
    const withinMs = WITHIN_MS * Math.max(1, examples / EXAMPLES);
    const common = { tool, folder, url: product.url, examples, withinMs };
    const withKey = await runSchemathesis({
      ...{ ...common, stock, name: 'with-key', phases: 'examples,coverage,fuzzing,stateful' },
      headers: { Authorization: `Bearer ${product.key}` },
    });
    // Nearly all of it ends at the door: the cases that the document amounts to are the same as with a key.
    const without = await runSchemathesis({
      ...{ ...common, stock: [], name: 'without-key', phases: 'examples,fuzzing', headers: {} },
    });
    const operations = await operationsOf(product.url);
    print('With a key', operations, withKey);
    print('Without a key', operations, without);
    // A run that was stopped has not shown what it is to show.
    process.exitCode = [withKey, without].every(({ code, isLate }) => code === 0 && !isLate) ? 0 : 1;
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Result {
  code: number;
  isLate: boolean;
  counts: Counts;
}

/** A line for each operation of the document; methods that it does not have are asked, too, and are one line. */
function print(name: string, operations: ReadonlySet<string>, { code, isLate, counts }: Result): void {
  const others = new Map<string, number>();
  const lines: string[] = [];
  for (const [operation, of] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (operations.has(operation)) lines.push(lineOf(operation, of));
    else for (const [status, count] of of) others.set(status, (others.get(status) ?? 0) + count);
  }
  if (others.size > 0) lines.push(lineOf('other methods', others));
  const cases = [...counts.values()].reduce((sum, of) => sum + totalOf(of), 0);
  const verdict = isLate ? 'stopped before its end' : code === 0 ? 'passed' : 'failed';
  const summary = `${name}: ${verdict}, ${cases} cases of ${operations.size} operations, seed ${SEED}.`;
  process.stdout.write(`\n${lines.join('\n')}\n${summary}\n`);
}

const totalOf = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((sum, count) => sum + count, 0);

function lineOf(operation: string, of: ReadonlyMap<string, number>): string {
  const classes = [...of].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, count]) => `${status} ${count}`);
  return `${String(totalOf(of)).padStart(6)}  ${operation}  ${classes.join(', ')}`;
}

async function operationsOf(url: string): Promise<Set<string>> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
  return new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  );
}

main(Number(process.argv[2] ?? EXAMPLES)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
