import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/node-program';
import { readArguments } from './arguments';
import { buildOutdated } from './build';
import { createClientFiles } from './client-files';
import { compare, peerSubject, productSubject } from './compare';
import { historyOf } from './history';
import { countCommands } from './mongo-commands';
import { startPeer } from './peer';
import { importByProduct } from './product';
import { report } from './report';
import { startStack } from './stack';

/**
 * `npm run bench`: the compiled product against peers without its promises, interleaved in one run, on the same servers.
 * `-- --quick` takes less than four minutes; `-- --files 1,10,50,200 --latency 20,80` measures all.
 * Compare figures only within one run on one machine.
 */
const RESULTS = join(PROJECT, 'bench', 'results');

const note = (line: string): void => console.error(line);

async function main(): Promise<void> {
  const plan = readArguments(process.argv.slice(2));
  buildOutdated(note);
  const stack = await startStack({ note });
  const script = await startPeer(stack, 'script');
  try {
    const newFiles = createClientFiles(join(stack.data, 'files'));
    const subjects = [productSubject(stack), peerSubject(stack, script)];
    const results = await compare(stack, subjects, plan, newFiles, note);
    await stack.setLatency(20);
    const { ids } = await importByProduct(stack, newFiles(1));
    const history = await historyOf(stack, ids[0]!);
    const commands = await countCommands(stack, newFiles(1));
    const figures = { at: new Date().toISOString(), plan, results, history, commands };
    const text = report(figures);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, 'last.json'), `${JSON.stringify(figures, null, 2)}\n`);
    writeFileSync(join(RESULTS, 'last.md'), `${text}\n`);
    console.log(text);
    console.log('\nWritten to bench/results/last.md and last.json.');
  } finally {
    script.stop();
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
