import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { createApiMetrics } from '../../api/metrics/api-metrics';
import { taskQueuesOf } from '../../contract/task-queues';
import { createRegistry } from '../../platform/metrics/registry';
import { measureImports, measureSenders } from '../../worker/measure';

const PROJECT = join(__dirname, '..', '..');
const DEPLOY = join(PROJECT, 'deploy');
const CHART_FILES = join(DEPLOY, 'helm', 'client-import', 'files');
const read = (...names: string[]): string => readFileSync(join(PROJECT, ...names), 'utf8');
const readYaml = <T>(path: string): T => parse(readFileSync(path, 'utf8'), { merge: true }) as T;

// The scripts load the compiled product from dist/, so neither the compiler nor a move of files notices a wrong path.
test('Each script in deploy/ loads modules that the build makes', () => {
  const modules = readdirSync(DEPLOY)
    .filter((name) => name.endsWith('.cjs'))
    .flatMap((name) => [...readFileSync(join(DEPLOY, name), 'utf8').matchAll(/require\('\.\.\/dist\/([^']+)'\)/g)])
    .map(([, module]) => module!);
  expect(modules).not.toEqual([]);
  expect(modules.filter((module) => !existsSync(join(PROJECT, `${module}.ts`)))).toEqual([]);
});

describe('The image', () => {
  test('is built from all that the compiler reads and the build runs', () => {
    const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
    const allowed = read('.dockerignore').split('\n');
    expect(include.filter((folder) => !allowed.includes(`!${folder}`))).toEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const run = [...`${scripts['build']} ${scripts['sbom']}`.matchAll(/scripts\/[\w-]+\.ts/g)].map(([path]) => path);
    expect(run.filter((path) => !allowed.includes(`!${path}`))).toEqual([]);
  });

  test('runs as nobody special and tells its health', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  });
});

interface Service {
  image: string;
  profiles?: string[];
  restart?: string;
  healthcheck?: unknown;
  ports?: string[];
}

describe('The compose file', () => {
  const { services } = readYaml<{ services: Record<string, Service> }>(join(PROJECT, 'docker-compose.yml'));
  const inProfile = (profile: string) =>
    Object.entries(services).filter(([, { profiles }]) => profiles === undefined || profiles.includes(profile));

  test('has a Temporal server of its own in each profile, and the same programs', () => {
    const names = (profile: string) => inProfile(profile).map(([name]) => name);
    const programs = ['api', 'mongodb', 'sandbox', 'seed', 'worker'];
    const steps = ['temporal-namespace', 'temporal-schema'];
    expect(names('try-out').sort()).toEqual([...programs, 'temporal'].sort());
    expect(names('full').sort()).toEqual(
      [...programs, ...steps, 'postgresql', 'temporal-server', 'temporal-ui'].sort(),
    );
  });

  test.each(['try-out', 'full'])(
    'publishes no port twice in the profile %s, and each on this machine only',
    (profile) => {
      const published = inProfile(profile).flatMap(([, { ports = [] }]) => ports);
      expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
      const outer = published.map((port) => port.slice(0, port.lastIndexOf(':')));
      expect(new Set(outer).size).toBe(outer.length);
    },
  );

  test('names each image by a version, and a health check of all that goes on', () => {
    const all = Object.entries(services);
    expect(all.filter(([, { image }]) => !/:\d+\.\d+(\.\d+)?$/.test(image))).toEqual([]);
    expect(all.filter(([, { restart, healthcheck }]) => restart !== 'no' && !healthcheck)).toEqual([]);
  });
});

interface Rule {
  alert: string;
  expr: string;
}

describe('The alerts', () => {
  const { groups } = readYaml<{ groups: { rules: Rule[] }[] }>(join(CHART_FILES, 'alerts.yaml'));
  const rules = groups.flatMap((group) => group.rules);
  const names = rules.map(({ alert }) => alert);

  // `npm run check:deploy` has promtool run these tests.
  test('are each tried by a test in which they fire, and one in which they do not', () => {
    interface Tried {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    }
    const { tests } = readYaml<Tried>(join(CHART_FILES, 'alerts.test.yaml'));
    const distinct = (list: string[]): string[] => [...new Set(list)];
    const tried = tests.flatMap((one) => one.alert_rule_test);
    const triedWith = (count: number) =>
      distinct(tried.filter(({ exp_alerts: alerts }) => alerts.length === count).map(({ alertname }) => alertname));
    expect(triedWith(1)).toEqual(names);
    expect(triedWith(0)).toEqual(names);
  });

  // What a worker has counted before it is first scraped is no increase to Prometheus.
  test('take what a young process has counted wherever one increase is enough', () => {
    const count = (text: string, words: string): number => text.split(words).length - 1;
    const byIncrease = rules.filter(({ expr }) => expr.includes('increase('));
    expect(byIncrease.length).toBeGreaterThan(2);
    for (const { alert, expr } of byIncrease)
      expect([alert, count(expr, 'time() - process_start_time_seconds')]).toEqual([alert, count(expr, 'increase(')]);
  });

  test('each have an entry in the run book', () => {
    const headings = [...read('docs', 'operations.md').matchAll(/^### (ClientImport\w+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(names);
  });

  test('and the dashboard ask for metrics that there are', async () => {
    const registry = createRegistry();
    const unasked = (): Promise<never> => Promise.reject(new Error('not asked'));
    createApiMetrics(registry, { backlog: { count: unasked }, taskBacklog: unasked });
    measureImports(registry);
    measureSenders({ email: {} as never, sms: {} as never }, registry);
    const known = (await registry.getMetricsAsJSON()).map(({ name }) => name);
    const asked = `${rules.map(({ expr }) => expr).join(' ')} ${readFileSync(join(CHART_FILES, 'dashboard.json'), 'utf8')}`;
    const ours = new Set(
      [...asked.matchAll(/client_import_\w+/g)].map(([name]) => name.replace(/_(bucket|count)$/, '')),
    );
    expect(ours.size).toBeGreaterThan(8);
    expect([...ours].filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('KEDA scales the workers by each task queue that they poll', () => {
  const template = read('deploy', 'helm', 'client-import', 'templates', 'workers.yaml');
  const queues = [...template.matchAll(/"name" (?:\$queue|\(printf "%s(-[\w-]+)" \$queue\)) "types"/g)];
  expect(queues.map(([, suffix = '']) => `client-import${suffix}`)).toEqual(taskQueuesOf('all', 'client-import'));
});

test('The values of the chart name settings that there are', () => {
  const [values] = parseAllDocuments(readFileSync(join(DEPLOY, 'helm', 'client-import', 'values.yaml'), 'utf8'));
  const { settings, secrets } = values!.toJS() as { settings: object; secrets: { keys: string[] } };
  const known = [...read('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
  expect([...Object.keys(settings), ...secrets.keys].filter((name) => !known.includes(name))).toEqual([]);
});
