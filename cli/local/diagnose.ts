import type { Schemas } from '../../client';
import { REPORT_SETTINGS } from '../../contract/sending/failover';
import { inspectMachine } from '../../local/inspect';
import type { Finding } from '../../local/inspect';
import type { Terminal } from '../commands/session';
import { isLocal } from '../connection/local-key';
import { resolveConnection } from '../connection/resolve-connection';
import type { ConnectionOptions, ConnectionSources } from '../connection/resolve-connection';
import { createApiClient } from '../http/api-client';
import { CliError } from '../http/cli-error';
import { writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { formatTable, terminalWidth } from '../output/table';
import { inert, printable } from '../output/text';

const MARKS = { true: 'ok', false: 'WRONG', null: 'not yet' } as const;
const markOf = ({ ok }: Finding): string => MARKS[`${ok}`];

const COLUMNS: readonly Column<Finding>[] = [
  { heading: 'what', of: ({ what }) => what },
  { heading: 'ok', of: markOf },
  { heading: 'detail', of: ({ detail }) => detail },
];

export interface DiagnoseOptions extends ConnectionOptions {
  output?: Output;
  version: string;
}

/** Explains each dependency: where it was found, and what is wrong with it. Resolves to 2 where something is wrong. */
export async function diagnose(
  options: DiagnoseOptions,
  sources: ConnectionSources,
  terminal: Terminal,
): Promise<0 | 2> {
  const { out } = terminal;
  const findings: Finding[] = [
    { what: 'client-import', ok: true, detail: options.version },
    { what: 'Node', ok: isNodeNew(process.versions.node), detail: `${process.version}, ${process.execPath}` },
  ];
  const api = await lookAtApi(options, sources);
  if (api.isLocal) findings.push(...(await inspectMachine(api.answers)));
  findings.push(...api.findings);
  if (options.output === undefined || options.output === 'table') {
    const rows = findings.map((finding) => [finding.what, markOf(finding), printable(inert(finding.detail))]);
    out.write(`${formatTable(rows, terminalWidth(out))}\n`);
  } else writeList(out, findings, COLUMNS, options.output);
  return findings.some(({ ok }) => ok === false) ? 2 : 0;
}

/** As package.json has it. */
const OLDEST_NODE = [20, 19] as const;

function isNodeNew(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** What the organisation needs of them: the second channel follows where nothing reports that the first one was delivered. */
function aboutReports({
  failover,
  deliveryReports,
}: Pick<Schemas['Organisation'], 'failover' | 'deliveryReports'>): [ok: boolean, detail: string] | undefined {
  if (failover === null) return undefined;
  const { first, afterHours } = failover;
  const [messages, other] = first === 'email' ? ['e-mails', 'SMS'] : ['SMS', 'e-mail'];
  if (deliveryReports[first])
    return [true, `of ${messages} are taken; without one the ${other} follows after ${afterHours} h`];
  return [
    false,
    `of ${messages} are not taken, so everybody gets the ${other} as well, ${afterHours} h later; set ${REPORT_SETTINGS[first]} of the API, or try ` +
      'both channels at once',
  ];
}

/** The address, whether anything answers there, the servers behind it, and whose key it is. */
async function lookAtApi(options: ConnectionOptions, sources: ConnectionSources) {
  const findings: Finding[] = [];
  const add = (what: string, ok: boolean | null, detail: string): void => void findings.push({ what, ok, detail });
  let local = false;
  let answers = false;
  try {
    const { url, key } = await resolveConnection(options, sources);
    local = isLocal(url.value);
    const readiness = await fetch(new URL('/readyz', url.value), { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    answers = readiness !== null;
    add(
      'API',
      answers ? true : local ? null : false,
      `${url.value} (${url.from}): ${answers ? 'answers' : `does not answer${local ? '; start it with: client-import up' : ''}`}`,
    );
    if (readiness) {
      const state = (await readiness.json().catch(() => null)) as Partial<
        Record<'mongodb' | 'temporal', string>
      > | null;
      for (const server of ['mongodb', 'temporal'] as const)
        add(
          `API’s ${server}`,
          state?.[server] === 'up',
          state?.[server] ?? 'unknown: this is not the API of client-import',
        );
    }
    if (!key) add('Key', local ? null : false, 'none; give it with --key, set CLIENT_IMPORT_KEY, or log in');
    else if (!answers) add('Key', null, `from ${key.from}; not tried, since the API does not answer`);
    else {
      const client = createApiClient(url.value, key.value);
      const caller = await client.findCaller();
      add('Key', true, `from ${key.from}: ${caller.name ?? caller.id}, ${caller.role} of ${caller.organisation}`);
      const reports = aboutReports(await client.findOrganisation());
      if (reports) add('Delivery reports', ...reports);
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    add('Key', false, error.message);
  }
  return { findings, answers, isLocal: local };
}
