import type { Schemas } from '../../../../client';
import { actionText, t } from '../../../messages';
import { fill, formatMoment } from '../../../messages/format';

type Story = Schemas['RowStory'];
type StoryEvent = Schemas['StoryEvent'];

/** Everything that has happened to a row, in order. */
export const RowStory = ({ row }: { row: Story }) => (
  <section aria-labelledby="story">
    <h3 id="story">{t.imports.row.story}</h3>
    <ol class="story">
      {row.events.map((event, i) => (
        <li key={i}>
          <time class="quiet small" dateTime={event.at}>
            {formatMoment(event.at)}
          </time>
          <p>{titleOf(event)}</p>
          {detailsOf(event, row).map((line) => (
            <p key={line} class="quiet small">
              {line}
            </p>
          ))}
        </li>
      ))}
    </ol>
  </section>
);

function titleOf(event: StoryEvent): string {
  const texts = t.imports.row.events;
  if (event.kind === 'message')
    return fill(texts.message, { channel: t.imports.channel[event.channel], state: t.imports.state[event.state] });
  if (event.kind === 'action')
    return fill(texts.action, { action: actionText(event.action), name: event.by.name ?? event.by.kind });
  return texts[event.kind];
}

function detailsOf(event: StoryEvent, { undo }: Story): string[] {
  // What it has undone of the import may leave this row as it is.
  if (event.kind === 'action' && event.action === 'undoImport' && undo) return [t.undo.outcome[undo.outcome].one];
  if (event.kind === 'put-aside') return event.reason === null ? [] : [event.reason];
  if (event.kind !== 'message' && event.kind !== 'report') return [];
  const provider = [
    event.kind === 'message' && event.attempt !== null && fill(t.imports.row.attempt, { n: event.attempt }),
    event.kind === 'message' && event.providerId,
    event.providerCode,
    event.providerReason,
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  const because = (event.kind === 'message' && event.because) || '';
  return [because, provider.join(' · '), event.problem?.message ?? ''].filter((line) => line !== '');
}
