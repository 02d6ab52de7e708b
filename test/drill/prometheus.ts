import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { launch, untilReady } from '../../local/processes/program';
import type { PidFile } from '../../local/processes/pid-file';
import { answersOk } from '../../local/processes/node-program';
import { PROJECT } from '../../local/processes/project';
import { freePort } from '../../local/servers/ports';
import { until } from '../support/until';

interface Rules {
  groups: { rules: { alert: string; for?: string }[] }[];
}
interface Alerts {
  data: { alerts: { labels: { alertname: string }; state: string }[] };
}

interface Answer {
  data: { result: unknown[] };
}

const RULES = join(PROJECT, 'deploy/helm/client-import/files/alerts.yaml');
/** The longest that an alert asks for is that something has waited for a minute. */
const FIRES_MS = 120_000;

/**
 * A Prometheus that scrapes the programs each second and has the rules of the chart as they are, but for one thing: an alert does not wait
 * (`for`) until it fires. promtool tries the waits.
 */
export async function startPrometheus(folder: string, pids: PidFile, targets: Readonly<Record<string, string>>) {
  const rules = parse(readFileSync(RULES, 'utf8'), { merge: true }) as Rules;
  for (const { rules: some } of rules.groups) for (const rule of some) delete rule.for;
  const paths = { rules: join(folder, 'rules.yml'), config: join(folder, 'prometheus.yml') };
  writeFileSync(paths.rules, stringify(rules));
  writeFileSync(
    paths.config,
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [paths.rules],
      scrape_configs: Object.entries(targets).map(([job, target]) => ({
        job_name: job,
        static_configs: [{ targets: [target] }],
      })),
    }),
  );
  const command = execFileSync(join(PROJECT, 'scripts/prometheus-tool.sh'), ['prometheus'], {
    encoding: 'utf8',
  }).trim();
  const address = `127.0.0.1:${await freePort()}`;
  const program = launch({
    name: 'prometheus',
    command,
    args: [
      ...[`--config.file=${paths.config}`, `--storage.tsdb.path=${join(folder, 'prometheus')}`],
      ...[`--web.listen-address=${address}`, '--log.level=warn'],
    ],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'prometheus.log'),
    pids,
    channel: false,
  });
  await untilReady(program, {
    isReady: () => answersOk(`http://${address}/-/ready`),
    limitMs: 60_000,
    signal: new AbortController().signal,
  });

  const ask = async <T>(path: string): Promise<T> => (await fetch(`http://${address}${path}`)).json() as Promise<T>;
  // An increase is seen from the second scrape on.
  await until(
    'each program to be scraped twice',
    () => ask<Answer>(`/api/v1/query?query=${encodeURIComponent('sum_over_time(up[1m]) >= 2')}`),
    ({ data }) => data.result.length === Object.keys(targets).length,
  );

  return {
    /** Waits until an alert fires. */
    fires: (alert: string): Promise<unknown> =>
      until(
        `${alert} to fire`,
        () => ask<Alerts>('/api/v1/alerts'),
        ({ data }) => data.alerts.some(({ labels, state }) => labels.alertname === alert && state === 'firing'),
        FIRES_MS,
      ),
    stop: () => program.stop(5_000),
  };
}
export type Prometheus = Awaited<ReturnType<typeof startPrometheus>>;
