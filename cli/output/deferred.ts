import type { DeferReason } from '../../contract/schedule';
import { shortId } from '../http/find-id';
import type { ImportView } from '../http/views';
import { formatMoment } from './text';

const BECAUSE: Readonly<Record<DeferReason, string>> = {
  'send-at': 'as was chosen',
  'quiet-hours': 'when it is day where their people may be',
  spread: 'others come first',
};

/** What is sent later, and how to send it earlier; `null` where nothing is. */
export function formatDeferred(
  { id, deferred = [] }: Pick<ImportView, 'id' | 'deferred'>,
  commandLine: (args: string) => string,
): string | null {
  if (deferred.length === 0) return null;
  const lines = deferred.map(({ channel, because, count, from, to }) => {
    const times = from === to ? `at ${formatMoment(from)}` : `from ${formatMoment(from)} to ${formatMoment(to)}`;
    return `  ${count} by ${channel === 'sms' ? 'SMS' : 'e-mail'} will be sent ${times}: ${BECAUSE[because]}.`;
  });
  const isNight = deferred.some(({ because }) => because === 'quiet-hours');
  const now = commandLine(`send-now ${shortId(id)}${isNight ? ' --in-quiet-hours' : ''}`);
  return [...lines, `  To send them now all the same: ${now}`].join('\n');
}
