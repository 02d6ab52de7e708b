import { access, constants } from 'node:fs/promises';
import { messageOf } from './processes/start-error';
import { resolveBinary } from './binaries/resolve-binary';
import { MONGOD, TEMPORAL } from './binaries/tools';
import type { Tool } from './binaries/tools';
import { assertMongoAnswers, assertTemporalAnswers } from './servers/external-servers';
import { assertPortsFree } from './servers/ports';
import { readSettings } from './settings/settings';
import type { LocalSettings } from './settings/settings';
import { portsOf } from './start';

/** One dependency of a start on this machine. */
export interface Finding {
  what: string;
  /** `null` where a start still has to fetch it. */
  ok: boolean | null;
  /** Where it was found, or where it was looked for. */
  detail: string;
}

/**
 * Looks at everything that a start on this machine needs, without starting, fetching or changing anything. `isRunning` tells that
 * the API answers already, so that its ports are taken by right.
 */
export async function inspectMachine(isRunning: boolean): Promise<Finding[]> {
  let settings: LocalSettings;
  try {
    settings = await readSettings(process.env);
  } catch (error) {
    return [{ what: 'Settings', ok: false, detail: messageOf(error) }];
  }
  const { dataFolder, temporal, mongodb, sandbox, config } = settings;
  const sandboxed = sandbox?.sandboxed ?? [];
  const real = (['SendGrid', 'Twilio'] as const).filter((name) => !sandboxed.includes(name));
  return [
    await checked('Settings', async () => 'of the environment and .env are valid'),
    temporal
      ? await findTool('Temporal', TEMPORAL, settings)
      : await checked('Temporal', () =>
          assertTemporalAnswers().then(() => 'answers, at the address of the environment'),
        ),
    mongodb
      ? await findTool('MongoDB', MONGOD, settings)
      : await checked('MongoDB', () =>
          assertMongoAnswers(config.mongo.uri, config.mongo.database).then(() => 'answers, at MONGODB_URI'),
        ),
    {
      what: 'Providers',
      ok: true,
      detail: [
        ...(sandboxed.length > 0 ? [`${sandboxed.join(' and ')} by the sandbox: no message leaves this machine`] : []),
        ...(real.length > 0 ? [`${real.join(' and ')} are real: messages reach people`] : []),
      ].join('; '),
    },
    await checked('Data', () => lookAtFolder(dataFolder)),
    isRunning
      ? { what: 'Ports', ok: true, detail: 'taken by the running API and its servers' }
      : await checked('Ports', () => assertPortsFree(portsOf(settings)).then(() => 'free')),
  ];
}

async function checked(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, detail: await look() };
  } catch (error) {
    return { what, ok: false, detail: messageOf(error) };
  }
}

/** Looks where a start looks, but for the downloads. */
async function findTool(what: string, tool: Tool, { environment }: LocalSettings): Promise<Finding> {
  const mayFetch = environment['CLIENT_IMPORT_OFFLINE'] !== '1' && !environment[tool.variable];
  try {
    const offline = { ...environment, CLIENT_IMPORT_OFFLINE: '1' };
    const { path, version } = await resolveBinary(tool, offline, () => undefined);
    return { what, ok: true, detail: `${tool.name}${version ? ` ${version}` : ''}, ${path}` };
  } catch (error) {
    if (!mayFetch) return { what, ok: false, detail: messageOf(error) };
    return { what, ok: null, detail: `${tool.name} is not on this machine yet; the first start fetches it` };
  }
}

async function lookAtFolder(folder: string): Promise<string> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `${folder}, made by the first start`;
    throw new Error(`${folder} cannot be written to. Choose another with CLIENT_IMPORT_DATA.`);
  }
}
