import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Schemas } from '../../client/index';
import { CliError } from '../http/cli-error';
import type { Session } from '../commands/session';
import { parseUploadSpread, spreadOption } from '../schedule/schedule-options';

type Sending = Schemas['SendingDefault'];

/** When files of the organisation are sent, as it is typed. */
export interface SendingDefaultOptions {
  sendAt?: string;
  timeZone?: string;
  spread?: string;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function parseWhen(text: string): string {
  if (text === 'now' || text === 'when-applied' || TIME.test(text)) return text;
  throw new InvalidArgumentError('Write 09:00, now or when-applied.');
}

export const withSendingDefaultOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--send-at <when>',
        'when files are sent from now on, unless an upload says otherwise: a time of the day such as 09:00, now, or ' +
          'when-applied (system administrators)',
      ).argParser(parseWhen),
    )
    .option('--time-zone <zone>', 'of that time, such as Europe/London; that of this machine if left out')
    .addOption(spreadOption(', or none').argParser(parseUploadSpread));

/** Changes what was typed; the rest stays as it is. Throws if a zone has no time. */
export async function changeSendingDefault(
  { api, err }: Session,
  { sendAt, timeZone, spread }: SendingDefaultOptions,
): Promise<void> {
  const { sending } = await api.findOrganisation();
  const isTime = sendAt !== undefined && TIME.test(sendAt);
  if (timeZone !== undefined && !isTime) throw new CliError('--time-zone belongs to a time: add --send-at 09:00.');
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const changed: Sending = {
    at:
      sendAt === undefined
        ? sending.at
        : isTime
          ? { time: sendAt, timeZone: zone }
          : sendAt === 'now'
            ? null
            : 'when-applied',
    spread: spread === undefined ? sending.spread : spread === 'none' ? null : spread,
  };
  err.write(
    `Files are sent ${wordsOf((await api.changeOrganisation({ sending: changed })).sending)}, unless an upload says otherwise.\n`,
  );
}

/** As `at once`, or `at 09:00 (Europe/London), 50/hour`. */
export function wordsOf({ at, spread }: Sending): string {
  const when =
    at === null ? 'at once' : at === 'when-applied' ? 'once their plan is applied' : `at ${at.time} (${at.timeZone})`;
  return spread === null ? when : `${when}, ${spread}`;
}
