import type { Session } from '../commands/session';
import { toJson, writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { wordsOf } from './sending-default';

const COLUMNS: readonly Column<readonly [setting: string, value: string]>[] = [
  { heading: 'setting', of: ([setting]) => setting, whole: true },
  { heading: 'value', of: ([, value]) => value },
];

/** The settings of the organisation that the key belongs to, and the limits of the installation. */
export async function showOrganisation({ api, out }: Session, output: Output = 'table'): Promise<void> {
  const found = await api.findOrganisation();
  if (output === 'json') return void out.write(toJson(found));
  const { name, id, defaultCountry, defaultTeam, channels, strict, waitingDays, invitationDays } = found;
  const { reminders, headerAliases, limits, failover, language, senderName, replyTo } = found;
  const { sending, quietHours, notify, smsPrice } = found;
  const aliases = Object.entries(headerAliases).map(([key, headers]) => `${key}: ${(headers ?? []).join(', ')}`);
  const settings: [string, string][] = [
    ['name', name],
    ['id', id],
    ['default country', defaultCountry ?? 'none'],
    ['default client team', defaultTeam?.name ?? 'none'],
    ['channels', channels.join(', ')],
    [
      'tried first',
      failover === null
        ? 'both at once'
        : `${failover.first}; the other after ${failover.afterHours} hours, or once it fails`,
    ],
    ['strict', strict ? 'yes' : 'no'],
    ['rows wait for their team', `${waitingDays} days`],
    ['a link works for', `${invitationDays} days`],
    [
      'reminders',
      reminders.atMost === 0 ? 'none' : `${reminders.atMost} at most, one every ${reminders.everyHours} hours`,
    ],
    ['files are sent', wordsOf(sending)],
    ['quiet hours of SMS', hoursOf(quietHours.sms)],
    ['quiet hours of e-mail', hoursOf(quietHours.email)],
    ['told when an import is over', notify?.email ?? 'nobody'],
    ['headers known as ours', aliases.join('; ') || 'none of your own'],
    ['language of messages', language],
    ['sender of e-mails', senderName ?? 'that of the installation'],
    ['answers to e-mails go to', replyTo ?? 'the sender'],
    ['a segment of an SMS costs', smsPrice === null ? 'unknown' : `${smsPrice.perSegment} ${smsPrice.currency}`],
    ['rows in a file', String(limits.rowsPerFile)],
    ['bytes in a file', String(limits.bytesPerFile)],
    ['files in an upload', String(limits.filesPerUpload)],
  ];
  writeList(out, settings, COLUMNS, output);
}

const hoursOf = (hours: { from: string; to: string } | null): string =>
  hours === null ? 'none' : `from ${hours.from} to ${hours.to} of the recipient’s time`;
