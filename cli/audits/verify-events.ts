import { open } from 'node:fs/promises';
import { z } from 'zod';
import { checkChain } from '../../domain/audit-log/chain';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import type { ChainHead } from '../../domain/audit-log/entry';
import { CliError, reasonOf } from '../http/cli-error';
import { formatVerdict } from './chain-verdict';
import { inert } from '../output/text';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const entrySchema: z.ZodType<ExportedEntry> = z.strictObject({
  id: z.string(),
  organisation: z.string(),
  sequence: z.int(),
  at: z.string(),
  actor: z.strictObject({
    kind: z.enum(['key', 'oidc', 'server', 'temporal', 'system']),
    id: z.string(),
    name: z.string().nullable(),
    role: z.string().nullable(),
  }),
  network: z.string().nullable(),
  action: z.string(),
  targets: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
  facts: z.record(z.string(), scalar),
  status: z.int().nullable(),
  code: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
});

/** Checks an exported audit log on this machine alone. Resolves to 2 where an entry was altered, removed or put elsewhere. */
export async function verifyEvents(
  path: string,
  anchors: readonly ChainHead[],
  out: NodeJS.WriteStream,
): Promise<0 | 2> {
  const check = checkChain();
  let line = 0;
  try {
    const file = await open(path);
    for await (const text of file.readLines()) {
      line += 1;
      check.take(parseEntry(text, line));
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`The file ${path} cannot be read (${reasonOf(error)}).`);
  }
  const verdict = check.end(anchors);
  out.write(`${formatVerdict(inert(path), verdict)}\n`);
  return verdict.findings.length === 0 ? 0 : 2;
}

function parseEntry(text: string, line: number): ExportedEntry {
  try {
    return entrySchema.parse(JSON.parse(text));
  } catch {
    throw new CliError(
      `Line ${line} is no entry of an audit log. Export it as NDJSON: client-import events --format ndjson.`,
    );
  }
}
