import { CliError, reasonOf } from './cli-error';

const GIVE_URL = 'with --url, or set CLIENT_IMPORT_URL.';
const GIVE_KEY =
  'Give it with --key, set CLIENT_IMPORT_KEY, or keep it by: client-import login --url <url>. ' +
  'The keys of a local start are in .client-import/keys.json.';

/** Returns the URL without slashes at its end. */
export function assertUrl(url: string): string {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return url.replace(/\/+$/, '');
  throw new CliError(`Invalid API address "${url}". Give one such as http://127.0.0.1:3000 ${GIVE_URL}`);
}

export function assertKey(key: string): void {
  if (/^[\w-]+$/.test(key)) return;
  throw new CliError(`The API key has invalid characters. Copy it again, without quotes or spaces. ${GIVE_KEY}`);
}

export const missingKey = (): CliError => new CliError(`There is no API key. ${GIVE_KEY}`);

export const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message || reasonOf(error.cause) : String(error);

export const unreachable = (url: string, error: unknown): CliError =>
  new CliError(
    `The API at ${url} cannot be reached (${causeOf(error)}). Start it on this machine by: client-import up. ` +
      `If it runs elsewhere, give its address ${GIVE_URL}`,
  );

export const notOurs = (url: string): string =>
  `The server at ${url} is not the API of client-import. Give the right address ${GIVE_URL}`;

/** The error for an answer that is not 2xx. */
export function toCliError(url: string, status: number, body: unknown): CliError {
  const { detail, code } = (body ?? {}) as { detail?: unknown; code?: unknown };
  const answer = { status, code: typeof code === 'string' ? code : null };
  if (typeof detail !== 'string') return new CliError(withoutDetail(url, status), answer);
  if (status === 401) return new CliError(`The API does not know this key. ${GIVE_KEY}`, answer);
  if (status === 403) return new CliError(`${detail} Give a key that has this permission with --key.`, answer);
  return new CliError(inCommands(detail), answer);
}

/** The API names its routes and fields, which a person at a terminal does not write. */
const COMMANDS: readonly [route: RegExp, command: string][] = [
  [/GET \/v1\/client-teams/g, 'client-import teams'],
  [/GET \/v1\/staff/g, 'client-import staff'],
  [/DELETE …\/rows\/(\d+)\/ignore/g, 'client-import ignore ID --rows $1 --undo'],
  [/\{"rows": \[(\d+)\]\}/g, '--rows $1'],
  [/\bonExisting=(\w+)/g, '--on-existing $1'],
];
const inCommands = (detail: string): string =>
  COMMANDS.reduce((text, [route, command]) => text.replace(route, command), detail);

const withoutDetail = (url: string, status: number): string =>
  status >= 500
    ? `The API at ${url} answered ${status} without a reason. Try again in a few seconds.`
    : `${notOurs(url)} It answered ${status}.`;
