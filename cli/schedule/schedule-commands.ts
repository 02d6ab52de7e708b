import type { Commands } from '../command-context';
import { followAndShow } from '../commands/show-import';
import type { Session } from '../commands/session';
import type { ConnectionOptions } from '../connection/resolve-connection';
import { examples } from '../examples';
import { importIdArgument } from '../options';
import { findImportId } from '../http/find-id';
import type { ScheduleRequest } from '../http/views';
import { parseMoment, parseUploadSpread, spreadOption } from './schedule-options';

interface NowFlags extends ConnectionOptions {
  spread?: string;
  inQuietHours?: true;
}

/** The commands that choose when the rest of an import is sent. */
export function addScheduleCommands({ online, connect, end }: Commands): void {
  online('send-at')
    .description('send what is left of an import at another time')
    .addArgument(importIdArgument())
    .argument('<moment>', 'such as 09:00 or "2026-11-30 09:00", by the clock of this machine', (text) =>
      parseMoment(text),
    )
    .addOption(spreadOption(', or none; as it was if left out').argParser(parseUploadSpread))
    .addHelpText(
      'after',
      examples(
        ['send-at f62ff629 09:00', 'when it is nine next, by the clock of this machine'],
        ['send-at f62ff629 2026-11-30T09:00:00+01:00 --spread 50/hour', 'not all at once'],
      ),
    )
    .action(async (typed: string, sendAt: string, { spread, ...options }: NowFlags) => {
      end(await reschedule(await connect(options), typed, { sendAt, ...(spread !== undefined && { spread }) }));
    });

  online('send-now')
    .description('send what is left of an import at once, whatever time was chosen')
    .addArgument(importIdArgument())
    .addOption(spreadOption())
    .option('--in-quiet-hours', 'also to people for whom it is night')
    .action(async (typed: string, { spread, inQuietHours, ...options }: NowFlags) => {
      const request = { sendAt: 'now', spread: spread ?? 'none', ...(inQuietHours && { ignoreQuietHours: true }) };
      end(await reschedule(await connect(options), typed, request));
    });
}

async function reschedule(session: Session, typed: string, request: ScheduleRequest): Promise<0 | 2> {
  const view = await session.api.scheduleImport(await findImportId(session.api, typed), request);
  return followAndShow(session, [view], {});
}
