import { resolve } from 'node:path';
import { loadConfig } from '../../platform/config';
import type { Config, Environment } from '../../platform/config';
import { temporalSettings } from '../../platform/temporal-connection';
import { StartError } from '../processes/start-error';
import { mongodUri } from '../servers/mongod';
import { freePort } from '../servers/ports';
import { dataFolderAt } from './data-folder';
import { readProviders } from './provider-settings';
import type { Provider } from './provider-settings';

/** What one start runs, and where. Servers and providers that the environment names are not started or replaced. */
export interface LocalSettings {
  /** Absolute path. */
  dataFolder: string;
  /** Address of the API as seen from this machine. */
  apiUrl: string;
  apiPort: number;
  temporal?: { port: number; uiPort: number; namespace: string };
  mongodb?: { port: number };
  sandbox?: { port: number; url: string; sandboxed: Provider[] };
  /** Environment of our own programs. */
  environment: NodeJS.ProcessEnv;
  /** The same, parsed. */
  config: Config;
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
const EVERY_INTERFACE = ['0.0.0.0', '::'];

/** Throws a `StartError` or `ConfigError` that names the invalid settings. Only Temporal's are read from `process.env`. */
export async function readSettings(env: Environment): Promise<LocalSettings> {
  const ports = await readPorts(env);
  const { PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT, MONGODB_PORT, SANDBOX_PORT } = ports;
  const namespace = namespaceToEmbed(env);
  const { sandboxed, environment: providers } = readProviders(env, urlOf(SANDBOX_PORT));
  const dataFolder = resolve(env['CLIENT_IMPORT_DATA'] || '.client-import');
  const hasSecretsKey = Boolean(env['SECRETS_KEY'] || env['SECRETS_KEY_FILE']);
  const embedded: NodeJS.ProcessEnv = {
    ...env,
    PORT: String(PORT),
    // The worker reports in its log that it is ready, at the level info.
    LOG_LEVEL: env['LOG_LEVEL'] === 'trace' || env['LOG_LEVEL'] === 'debug' ? env['LOG_LEVEL'] : 'info',
    MONGODB_URI: env['MONGODB_URI'] || mongodUri(MONGODB_PORT),
    ...(namespace && { TEMPORAL_ADDRESS: `127.0.0.1:${TEMPORAL_PORT}`, TEMPORAL_UI_URL: urlOf(TEMPORAL_UI_PORT) }),
    ...providers,
    // Whoever tries the product out receives webhooks on this machine.
    WEBHOOKS_TO_LOOPBACK: env['WEBHOOKS_TO_LOOPBACK'] || 'true',
  };
  const apiUrl = apiUrlAt(loadConfig(embedded).http.host, PORT);
  // The address that it listens on may be every interface, which no link can lead to.
  const join = !env['INVITATION_URL'] && !env['PUBLIC_URL'] ? { INVITATION_URL: `${apiUrl}/join/` } : {};
  const unsubscribe =
    !env['UNSUBSCRIBE_URL'] && !env['PUBLIC_URL'] ? { UNSUBSCRIBE_URL: `${apiUrl}/unsubscribe/` } : {};
  // The real Twilio rejects messages whose callback address is on this machine.
  const webhook = !env['WEBHOOK_URL'] && sandboxed.includes('Twilio') ? { WEBHOOK_URL: apiUrl } : {};
  const own = { ...embedded, ...join, ...unsubscribe, ...webhook };
  const config = loadConfig(own);
  // Its file is made after this.
  const secretsKey = hasSecretsKey ? {} : { SECRETS_KEY_FILE: dataFolderAt(dataFolder).secretsKey };
  const environment = { ...own, ...secretsKey };
  return {
    dataFolder,
    apiUrl,
    apiPort: PORT,
    ...(namespace && { temporal: { port: TEMPORAL_PORT, uiPort: TEMPORAL_UI_PORT, namespace } }),
    ...(!env['MONGODB_URI'] && { mongodb: { port: MONGODB_PORT } }),
    ...(sandboxed.length > 0 && { sandbox: { port: SANDBOX_PORT, url: urlOf(SANDBOX_PORT), sandboxed } }),
    environment,
    config,
  };
}

function apiUrlAt(host: string, port: number): string {
  if (EVERY_INTERFACE.includes(host)) return urlOf(port);
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Namespace of the server to start, or `undefined` if the environment or a profile names a server. */
function namespaceToEmbed(env: Environment): string | undefined {
  const { connectionOptions, namespace } = temporalSettings();
  const { address, apiKey, tls } = connectionOptions;
  if (address !== undefined || env['TEMPORAL_PROFILE']) return undefined;
  if (apiKey !== undefined || tls) {
    throw new StartError('Temporal has an API key or TLS configured, but no address. Set TEMPORAL_ADDRESS too.');
  }
  return namespace ?? 'default';
}

/** The variables that choose the ports of the embedded stack, with their defaults. */
const DEFAULT_PORTS = {
  PORT: 3000,
  TEMPORAL_PORT: 7233,
  TEMPORAL_UI_PORT: 8233,
  MONGODB_PORT: 27017,
  SANDBOX_PORT: 8025,
} as const;
type PortVariable = keyof typeof DEFAULT_PORTS;

/** Reads every port; 0 becomes any free one. Throws one `StartError` that lists all invalid ports. */
export async function readPorts(env: Environment): Promise<Record<PortVariable, number>> {
  const names = Object.keys(DEFAULT_PORTS) as PortVariable[];
  const problems: string[] = [];
  const wanted = names.map((name) => {
    const text = env[name]?.trim() || String(DEFAULT_PORTS[name]);
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    problems.push(`${name} is "${text}". Give a whole number from 0 to 65535; 0 chooses a free port.`);
    return 0;
  });
  wanted.forEach((port, i) => {
    const earlier = wanted.indexOf(port);
    if (port !== 0 && earlier < i)
      problems.push(`${names[earlier]} and ${names[i]} are both ${port}. Change one of them.`);
  });
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  const ports = await Promise.all(wanted.map(async (port) => port || freePort()));
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as Record<PortVariable, number>;
}
