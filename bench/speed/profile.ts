import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';
import { readArguments } from './arguments';
import { buildOutdated } from './stack/build';
import { checkProduct } from './facts/check';
import { createClientFiles } from './client-files';
import { table } from './report/figures';
import { countCommands, FILES_COUNTED } from './facts/mongo-commands';
import { importByProduct } from './product';
import { commandTable } from './report/report';
import { hottest } from './report/profile-summary';
import type { CpuProfile } from './report/profile-summary';
import { startStack } from './stack/stack';

/** `npm run bench:profile`: where worker and API spend their CPU in an import of ten files, and what MongoDB is asked for. */
const FILES = 10;
const WARM_UP_FILES = 5;
const SHOWN = 25;
const PROFILES = join(PROJECT, 'bench', 'results', 'profiles');
const PROGRAMS = ['worker', 'api'];

async function main(): Promise<void> {
  const plan = readArguments(process.argv.slice(2));
  buildOutdated(console.error);
  rmSync(PROFILES, { recursive: true, force: true });
  mkdirSync(PROFILES, { recursive: true });
  const folderOf = (program: string): string => join(PROFILES, program);
  const nodeArguments = (program: string): string[] =>
    PROGRAMS.includes(program) ? ['--cpu-prof', `--cpu-prof-dir=${folderOf(program)}`] : [];
  const stack = await startStack({ note: console.error, nodeArguments, provider: plan.provider });
  try {
    const newFiles = createClientFiles(join(stack.data, 'files'));
    await stack.setLatency(plan.latencies[0] ?? 20);
    await importByProduct(stack, newFiles(WARM_UP_FILES));
    const commands = await countCommands(stack, newFiles(FILES_COUNTED));
    const startedAt = performance.now();
    const { ids, ms } = await importByProduct(stack, newFiles(FILES));
    const lastsMs = performance.now() - startedAt;
    await checkProduct(stack, ids);
    console.log(`${FILES} files in ${ms.toFixed(0)} ms, with the profiler on\n`);
    for (const program of PROGRAMS) {
      // Its profile is written when it ends.
      await stack.stopProgram(program);
      const sinceStart = performance.now() - startedAt;
      const [file] = readdirSync(folderOf(program));
      const profile = JSON.parse(readFileSync(join(folderOf(program), file!), 'utf8')) as CpuProfile;
      const from = profile.endTime - sinceStart * 1000;
      for (const by of ['file', 'function'] as const) {
        const hot = hottest(profile, by, { from, until: from + lastsMs * 1000 });
        const cells = hot.slice(0, SHOWN).map(({ name, ms }) => [name, ms.toFixed(0)]);
        console.log(`${table([`${program}, by ${by}`, 'ms of its own'], cells)}\n`);
      }
    }
    console.log(commandTable(commands));
    console.log('\nWritten to bench/results/profiles/; open them in the developer tools of Chrome.');
  } finally {
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
