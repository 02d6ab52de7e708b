import { COMMAND_LINE, exampleFile, START } from './processes/project';
import type { DataFolder, Keys } from './settings/data-folder';
import type { LocalSettings } from './settings/settings';

/** The text shown once everything runs: addresses, keys, and first commands to try. */
export function summarize(settings: LocalSettings, folder: DataFolder, keys: Keys, page: string): string {
  const { apiUrl, temporal, sandbox, config, environment } = settings;
  const ui = temporal
    ? `${config.temporal.uiUrl}/namespaces/${temporal.namespace}/workflows`
    : (environment['TEMPORAL_UI_URL'] ?? '(of your own Temporal server)');
  const real = (['SendGrid', 'Twilio'] as const).filter((name) => !sandbox?.sandboxed.includes(name));
  return [
    '',
    'client-import is running.',
    '',
    `  Page           ${page}`,
    '                 (signs you in once, within a quarter of an hour; later with one of the keys)',
    `  API            ${apiUrl}`,
    `  Temporal UI    ${ui}`,
    ...(sandbox ? [`  Sandbox inbox  ${sandbox.url}  (each message; its link can be clicked to accept)`] : []),
    ...(real.length > 0
      ? [`  Real messages  are sent by ${real.join(' and ')}, with links to ${config.invitations.url}…`]
      : []),
    ...(environment['QUIET_HOURS'] === 'off'
      ? ['  Quiet hours    are off: the sandbox wakes nobody. To try them: QUIET_HOURS=20:00-08:00 ' + START]
      : []),
    `  Data, logs     ${folder.path}`,
    '',
    `  Keys (also in ${folder.keys})`,
    ...Object.entries(keys).map(([role, key]) => `    ${role.padEnd(20)} ${key}`),
    '',
    '  Try next',
    `    ${COMMAND_LINE} import ${exampleFile('clean-500.csv')}`,
    `    ${COMMAND_LINE} list`,
    `    curl -H "Authorization: Bearer ${keys.support}" ${apiUrl}/v1/imports`,
    '',
    'Press Ctrl-C to stop.',
    '',
  ].join('\n');
}
