import { resolve } from 'node:path';
import { loadConfig } from '../../platform/config';
import type { Config, Environment } from '../../platform/config';
import { temporalSettings } from '../../platform/temporal-connection';
import { mongodUri } from '../servers/mongod';
import { readPorts } from './port-settings';
import { readProviders } from './provider-settings';
import type { Provider } from './provider-settings';
import { messageOf, StartError } from '../start-error';

/** What one start embeds and where. Whatever has an address or credentials in the environment is not embedded. */
export interface LocalSettings {
  /** Absolute; everything that lasts is in it. */
  dataFolder: string;
  /** Where this process and the person at it reach the API. */
  apiUrl: string;
  apiPort: number;
  temporal?: { port: number; uiPort: number; namespace: string };
  mongodb?: { port: number };
  sandbox?: { port: number; url: string; sandboxed: Provider[] };
  /** For our own programs. */
  environment: NodeJS.ProcessEnv;
  /** The same, as they will read it. */
  config: Config;
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
const EVERY_INTERFACE = ['0.0.0.0', '::'];

/** Throws a `StartError` or `ConfigError` that names what cannot be used. Only Temporal's settings come from `process.env`. */
export async function readSettings(env: Environment): Promise<LocalSettings> {
  const ports = await readPorts(env);
  const { PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT, MONGODB_PORT, SANDBOX_PORT } = ports;
  const namespace = namespaceToEmbed(env);
  const { sandboxed, environment: providers } = readProviders(env, urlOf(SANDBOX_PORT));
  const given: NodeJS.ProcessEnv = {
    ...env,
    PORT: String(PORT),
    // The worker says in its log that it is ready, and that must not be turned off; nobody sees the log unasked.
    LOG_LEVEL: env['LOG_LEVEL'] === 'trace' || env['LOG_LEVEL'] === 'debug' ? env['LOG_LEVEL'] : 'info',
    MONGODB_URI: env['MONGODB_URI'] || mongodUri(MONGODB_PORT),
    ...(namespace && { TEMPORAL_ADDRESS: `127.0.0.1:${TEMPORAL_PORT}`, TEMPORAL_UI_URL: urlOf(TEMPORAL_UI_PORT) }),
    ...providers,
  };
  const apiUrl = apiUrlAt(loadConfig(given).http.host, PORT);
  // The real Twilio refuses messages that are to be reported to an address of this machine.
  const reported = !env['WEBHOOK_URL'] && sandboxed.includes('Twilio') ? { WEBHOOK_URL: apiUrl } : {};
  const environment = { ...given, ...reported };
  const config = loadConfig(environment);
  return {
    dataFolder: resolve(env['CLIENT_IMPORT_DATA'] || '.client-import'),
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

/** The namespace that our own Temporal server needs, or `undefined` if one is named by the environment or a profile. */
function namespaceToEmbed(env: Environment): string | undefined {
  const { connectionOptions, namespace } = readTemporalSettings();
  const { address, apiKey, tls } = connectionOptions;
  if (address !== undefined || env['TEMPORAL_PROFILE']) return undefined;
  if (apiKey !== undefined || tls) {
    throw new StartError('Temporal has an API key or TLS set up, but no address. Set TEMPORAL_ADDRESS too.');
  }
  return namespace ?? 'default';
}

function readTemporalSettings(): ReturnType<typeof temporalSettings> {
  try {
    return temporalSettings();
  } catch (error) {
    throw new StartError(`The settings for Temporal cannot be used: ${messageOf(error)}`);
  }
}
