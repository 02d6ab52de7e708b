import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PROJECT } from '../../local/processes/project';
import { readArguments } from './arguments';
import type { Plan } from './arguments';
import { buildOutdated } from './stack/build';
import { createClientFiles } from './client-files';
import { compare, peerSubject, productSubject } from './compare';
import { checkBooks, checkClients } from './facts/check';
import { historyOf } from './facts/history';
import { countCommands, FILES_COUNTED } from './facts/mongo-commands';
import { startPeer } from './peer';
import { startBullMq } from './stack/redis';
import { median } from './report/figures';
import { MEASURES } from './measures/index';
import { firstRowsMs, importByProduct } from './product';
import { comparison, report, targetTable } from './report/report';
import type { Target } from './report/targets';
import { startStack } from './stack/stack';

/**
 * `npm run bench`: the compiled product against peers without its promises, interleaved in one run, on the same servers.
 * `-- --quick` takes less than four minutes; `-- --files 1,10,50,200 --latency 20,80` measures all; `-- --against FOLDER`
 * compares with the build of another checkout.
 * Compare figures only within one run on one machine.
 */
const OTHER = 'other build';
const RESULTS = join(PROJECT, 'bench', 'results');

const note = (line: string): void => console.error(line);

async function main(): Promise<void> {
  const plan = readArguments(process.argv.slice(2));
  buildOutdated(note);
  if (plan.only !== undefined) return measureOnly(plan.only, plan);
  if (plan.against !== undefined) return compareBuilds(plan, plan.against);
  const stack = await startStack({ note, provider: plan.provider });
  const script = await startPeer(stack, 'script');
  const bookkeeper = await startPeer(stack, 'bookkeeper');
  const bullMq = await startBullMq(stack, note);
  try {
    const newFiles = createClientFiles(join(stack.data, 'files'));
    const subjects = [
      productSubject(stack),
      peerSubject(stack, script, checkClients),
      peerSubject(stack, bookkeeper, checkBooks),
      ...(bullMq ? [peerSubject(stack, bullMq.peer, checkClients, { redis: bullMq.redis })] : []),
    ];
    const results = await compare([stack], subjects, plan, newFiles, note);
    await stack.setLatency(20);
    const { ids } = await importByProduct(stack, newFiles(1));
    const history = await historyOf(stack, ids[0]!);
    const commands = await countCommands(stack, newFiles(FILES_COUNTED));
    const visible: number[] = [];
    for (let i = 0; i < plan.singles; i++) visible.push(await firstRowsMs(stack, newFiles(1)));
    const figures = { at: new Date().toISOString(), plan, results, history, commands, firstRowsMs: median(visible) };
    const text = report(figures);
    publish('last', text, figures);
  } finally {
    script.stop();
    bookkeeper.stop();
    bullMq?.stop();
    await stack.stop();
  }
}

/** This build beside another, each on servers of its own, in turns: what a change is worth on a machine that has other work. */
async function compareBuilds(plan: Plan, folder: string): Promise<void> {
  const other = await startStack({ note, provider: plan.provider, built: join(resolve(folder), 'dist') });
  const own = await startStack({ note, provider: plan.provider });
  try {
    const newFiles = createClientFiles(join(own.data, 'files'));
    const subjects = [productSubject(other, OTHER), productSubject(own, 'this build')];
    const results = await compare([other, own], subjects, plan, newFiles, note);
    publish('against', comparison(results, OTHER), { at: new Date().toISOString(), plan, results });
  } finally {
    await Promise.all([own.stop(), other.stop()]);
  }
}

/** One measure of `measures/`, on servers of its own: of this build, and before that of another one that is given. */
async function measureOnly(name: string, { provider, against }: Plan): Promise<void> {
  const measure = MEASURES[name];
  if (!measure) throw new Error(`--only is "${name}". Give one of: ${Object.keys(MEASURES).join(', ')}.`);
  const texts: string[] = [];
  const ofBuild = async (built?: string): Promise<Target[]> => {
    const stack = await startStack({ note, provider, ...(built !== undefined && { built }), ...measure.options });
    try {
      await stack.setLatency(20);
      const told = await measure.run(stack, createClientFiles(join(stack.data, 'files')), note);
      const { targets, text } = Array.isArray(told) ? { targets: told, text: '' } : told;
      texts.push(...(targets.length > 0 ? [targetTable(targets)] : []), ...(text ? [text] : []));
      return targets;
    } finally {
      await stack.stop();
    }
  };
  if (against !== undefined) {
    texts.push(`The ${OTHER}:`);
    await ofBuild(join(resolve(against), 'dist'));
    texts.push('This build:');
  }
  const targets = await ofBuild();
  publish(name, texts.join('\n\n'), { at: new Date().toISOString(), targets });
}

function publish(name: string, text: string, figures: object): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(join(RESULTS, `${name}.md`), `${text}\n`);
  console.log(`${text}\n\nWritten to bench/results/${name}.md and ${name}.json.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
