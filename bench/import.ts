/**
 * `npm run bench`: measures imports from upload to end on the embedded stack, with providers that take 20 ms an answer.
 * Prints medians and ranges. Compare figures only within one run on one machine.
 */
import { Client, Connection } from '@temporalio/client';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../contract/import';
import { isResting } from '../contract/import-status';
import type { ImportStatus } from '../contract/import-status';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../local/settings/data-folder';
import { createPidFile } from '../local/processes/pid-file';
import { freePort } from '../local/servers/ports';
import { readSettings } from '../local/settings/settings';
import { createStack } from '../local/stack';

const LATENCY_MS = 20;
const ROUNDS = 5;
const FILES_AT_ONCE = 10;
const POLL_MS = 20;

interface View {
  id: string;
  status: ImportStatus;
  rows: { created: number };
  invitations: Record<'email' | 'sms', { sent: number; delivered: number }>;
}

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'client-import-bench-'));
  const ports = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGODB_PORT', 'SANDBOX_PORT'];
  const own = Object.fromEntries(
    await Promise.all(ports.map(async (name) => [name, String(await freePort())] as const)),
  );
  const settings = await readSettings({ ...process.env, ...own, CLIENT_IMPORT_DATA: data });
  const folder = dataFolderAt(settings.dataFolder);
  await prepareDataFolder(folder);
  const keys = await loadKeys(folder.keys);
  const stack = createStack({ settings, folder, keys, pids: createPidFile(folder.pidFile), note: console.error });
  const headers = { Authorization: `Bearer ${keys.systemAdministrator}` };
  const imports = `${settings.apiUrl}/v1/imports`;

  const find = async (id: string): Promise<View> =>
    (await (await fetch(`${imports}/${id}`, { headers })).json()) as View;
  const run = async (files: string[]): Promise<{ views: View[]; ms: number }> => {
    const form = new FormData();
    files.forEach((content, i) => form.append('files', new Blob([content]), `${i}.csv`));
    const startedAt = performance.now();
    const answer = (await (await fetch(imports, { method: 'POST', headers, body: form })).json()) as {
      imports: { id: string }[];
    };
    const views = await Promise.all(
      answer.imports.map(async ({ id }) => {
        for (;;) {
          const view = await find(id);
          if (isResting(view.status)) return view;
          await pause(POLL_MS);
        }
      }),
    );
    return { views, ms: performance.now() - startedAt };
  };

  try {
    await stack.start();
    await fetch(`${settings.sandbox!.url}/__settings`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ latencyMs: LATENCY_MS }),
    });
    const clean = readFileSync(join(__dirname, '..', 'examples', 'clean-500.csv'), 'utf8');
    const fresh = (tag: string): string => clean.replaceAll('@', `.${tag}@`);

    await run([fresh('warmup')]);
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await run([fresh(`round${i}`)]));
    const last = rounds.at(-1)!.views[0]!;
    const connection = await Connection.connect({ address: settings.environment['TEMPORAL_ADDRESS']! });
    const { historyLength, raw } = await new Client({ connection }).workflow
      .getHandle(importWorkflowId(last.id))
      .describe();
    await connection.close();
    const many = await run(Array.from({ length: FILES_AT_ONCE }, (_, i) => fresh(`many${i}`)));
    const { count } = (await (await fetch(`${settings.sandbox!.url}/__ledger/count`)).json()) as { count: number };

    console.log(`clean file of 500, providers at ${LATENCY_MS} ms, ${ROUNDS} rounds after a warm-up`);
    console.log(`  upload to end         ${spread(rounds.map(({ ms }) => ms))} ms`);
    console.log(`  status, created       ${last.status}, ${last.rows.created}`);
    console.log(`  invited               ${invited(last, 'email')} by e-mail, ${invited(last, 'sms')} by SMS`);
    console.log(
      `  history               ${historyLength} events, ${String(raw.workflowExecutionInfo?.historySizeBytes)} bytes`,
    );
    console.log(`${FILES_AT_ONCE} such files at once`);
    console.log(
      `  upload to end         ${many.ms.toFixed(0)} ms, ${((FILES_AT_ONCE * 500 * 1000) / many.ms).toFixed(0)} rows/s`,
    );
    console.log(`  all completed         ${many.views.every(({ status }) => status === 'completed')}`);
    console.log(`messages in the sandbox ${count} of ${2 * 500 * (1 + ROUNDS + FILES_AT_ONCE)} expected`);
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

const invited = ({ invitations }: View, channel: 'email' | 'sms'): number =>
  invitations[channel].sent + invitations[channel].delivered;

function spread(values: number[]): string {
  const sorted = [...values].sort((a, b) => a - b).map((value) => value.toFixed(0));
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]} to ${sorted.at(-1)})`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
