import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPidFile } from '../../local/processes/pid-file';
import { freePort } from '../../local/servers/ports';
import { createFigures, seconds } from '../chaos/figures';
import { startProduct } from '../chaos/product';
import type { Product } from '../chaos/product';
import { createDrill } from './drill';
import type { Drill } from './drill';
import { startPrometheus } from './prometheus';
import type { Prometheus } from './prometheus';
import type { Section } from './run-book';
import { openShell } from './shell';
import type { Shell } from './shell';
import { ALERTS } from './situations/alerts';
import { SITUATIONS } from './situations/all';

/**
 * Brings about what each of these sections is for, and does what it says, on the product's own programs. Their table in docs/drills.md is that
 * of `name`.
 */
export function trySections(title: string, name: string, sections: readonly Section[]): void {
  const figures = createFigures(title, ['section', 'commands', 'alert fired', 'took'], { name, rows: sections.length });
  let product: Product;
  let prometheus: Prometheus;
  let drill: Drill;
  let shell: Shell;

  beforeAll(async () => {
    const ports = { api: await freePort(), worker: await freePort() };
    const settings = {
      ...{ PROVIDER_DEADLINE_MS: '7000', PROVIDER_LAG_MS: '500', METRICS_PORT: String(ports.api) },
      ...{ SMS_CONCURRENCY: '64', EMAIL_BATCH_SIZE: '5' },
    };
    const workers = { worker: { METRICS_PORT: String(ports.worker) } };
    product = await startProduct(settings, { ownWorkers: true, workers });
    drill = createDrill(product);
    const { environment, dataFolder, apiUrl } = product.settings;
    const folder = join(dataFolder, 'drill');
    mkdirSync(folder);
    const targets = {
      'client-import-api': `127.0.0.1:${ports.api}`,
      'client-import-worker': `127.0.0.1:${ports.worker}`,
    };
    prometheus = await startPrometheus(folder, createPidFile(join(folder, 'pids.json')), targets);
    const pageOf = (port: number) => `http://127.0.0.1:${port}/metrics`;
    const own = {
      ...{ CLIENT_IMPORT_URL: apiUrl, CLIENT_IMPORT_KEY: product.api.key, KEY: product.api.key },
      ...{ API_METRICS: pageOf(ports.api), WORKER_METRICS: pageOf(ports.worker) },
    };
    shell = openShell(folder, { ...environment, ...own }, { 'http://127.0.0.1:3000': apiUrl });
  }, 180_000);
  afterAll(async () => {
    await prometheus?.stop();
    await product?.stop();
  }, 120_000);

  test.each(sections.map((section) => [section.title, section] as const))(
    '%s: its commands do what it says',
    async (title, { steps }) => {
      const startedAt = Date.now();
      const { stage, persons = [], after } = SITUATIONS[title]!;
      const isAlert = title in ALERTS;
      const commands = steps.filter(({ kind }) => kind === 'command').length;
      // Minutes pass until the table.
      const tell = (what: string): void => void process.stdout.write(`${title}: ${what}, ${seconds(startedAt)}\n`);
      try {
        const names = await stage(drill);
        if (isAlert) await prometheus.fires(title);
        const left = [...persons];
        for (const step of steps) {
          if (step.kind === 'command') await shell.type(step, names);
          else await left.shift()!(drill, names);
        }
        await after?.(drill, names);
        expect(left).toEqual([]);
      } catch (error) {
        tell(String(error));
        throw error;
      } finally {
        await drill.recover();
      }
      tell(`${commands} commands`);
      figures.add(title, commands, isAlert ? 'yes' : '', seconds(startedAt));
    },
    240_000,
  );
}
