import { ProgressBar } from '../../components/progress-bar';
import { t } from '../../messages';
import { count, fill, formatNumber, formatSeconds } from '../../messages/format';
import { messagesOf } from './model';
import type { Import, Progress } from './model';
import { usePace } from './use-pace';

/** How much of an import is done: a line when it has its state, a message when it is with the provider. */
export function doneOf(importView: Progress): { done: number; all: number } {
  const messages = messagesOf(importView);
  const lines = importView.lines - importView.rows.pending;
  return { done: lines + messages.total - messages.open, all: importView.lines + messages.total };
}

export function ProgressPanel({ importView }: { importView: Import }) {
  const { done, all } = doneOf(importView);
  const pace = usePace(done);
  const isPaused = importView.status === 'paused';
  const messages = messagesOf(importView);
  return (
    <section class="panel" aria-live="off">
      <div class="panel-line">
        <strong>{t.imports.status[importView.status]}</strong>
        <span class="quiet">
          {pace > 0 && !isPaused && all > done
            ? `${fill(t.imports.rate, { n: Math.round(pace) || 1 })} · ${fill(t.imports.left, { time: formatSeconds((all - done) / pace) })}`
            : ' '}
        </span>
      </div>
      <ProgressBar
        label={fill(t.imports.progress, { name: importView.fileName })}
        value={done}
        max={all}
        tone={isPaused ? 'still' : 'normal'}
      />
      <p class="quiet small numbers">
        {formatNumber(importView.lines - importView.rows.pending)} / {count(importView.lines, t.imports.lines)} ·{' '}
        {t.imports.result.invited}: {formatNumber(messages.total - messages.open)} / {formatNumber(messages.total)}
      </p>
    </section>
  );
}
