import { answerOf, api } from '../../../api/api';
import { useCommand } from '../../../shell/use-command';
import { Failure } from '../../../components/states';
import { tell } from '../../../components/toast';
import { actionText, t } from '../../../messages';
import { count, fill, formatMoment, formatNumber } from '../../../messages/format';
import { goesOn, messagesOf } from '../model';
import type { Import, Problem, Row } from '../model';
import { reasonsOf } from './reasons';
import type { Reason } from './reasons';

interface ResultPanelProps {
  importView: Import;
  rows: readonly Row[];
  onShowRows: (lines: ReadonlySet<number>) => void;
  onOpen: (line: number) => void;
  onChanged: () => void;
}

/** What became of an import: figures, then what needs somebody, by reason. */
export function ResultPanel({ importView, rows, onShowRows, onOpen, onChanged }: ResultPanelProps) {
  const { id, problems, status } = importView;
  const { run, isBusy, error } = useCommand();
  const reasons = reasonsOf(rows);
  const texts = t.imports.result;
  const messages = messagesOf(importView);
  const retry = (body: { rows?: number[]; all?: true }): void => {
    run(
      () => answerOf(api.POST('/v1/imports/{id}/retries', { params: { path: { id } }, body })),
      ({ retrying }) => {
        tell(count(retrying.email + retrying.sms, t.imports.actions.retried));
        onChanged();
      },
    );
  };
  return (
    <>
      <section aria-labelledby="result">
        <h2 id="result" class="hidden">
          {texts.title}
        </h2>
        <dl class="figures">
          {[
            [texts.created, importView.rows.created],
            [texts.updated, importView.rows.updated],
            [texts.unchanged, importView.rows.unchanged],
            [texts.undone, importView.rows.undone],
            [texts.invited, messages.sent],
            [texts.delivered, messages.delivered],
            [texts.accepted, messages.accepted],
            [texts.failed, messages.failed + importView.rows.rejected],
          ]
            .filter(([, value], i) => (i === 0 && status !== 'failed') || value !== 0)
            .map(([label, value]) => (
              <div key={label} class={label === texts.failed ? 'figure figure-bad' : 'figure'}>
                <dt>{label}</dt>
                <dd>{formatNumber(Number(value))}</dd>
              </div>
            ))}
        </dl>
      </section>
      {problems.length > 0 && (
        <section class={status === 'failed' ? 'notice notice-error' : 'notice notice-warn'}>
          {status === 'failed' && <h2>{texts.refusedFile}</h2>}
          {[...byFix(problems)].map(([fix, messages]) => (
            <div key={fix}>
              <ul>
                {messages.map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
              <p>{fix}</p>
            </div>
          ))}
        </section>
      )}
      {reasons.length > 0 && (
        <section class="panel" aria-labelledby="attention">
          <div class="panel-line">
            <h2 id="attention">{texts.attention}</h2>
            <span class="actions">
              {reasons.some(({ canRetry }) => canRetry) && (
                <button type="button" disabled={isBusy} onClick={() => retry({ all: true })}>
                  {t.imports.actions.retry}
                </button>
              )}
              <a class="button" href={`/v1/imports/${id}/failed-rows.csv`} download>
                {t.imports.actions.failedRows}
              </a>
            </span>
          </div>
          {reasons.map((reason) => (
            <ReasonLine
              key={reason.code}
              reason={reason}
              isBusy={isBusy}
              onShow={() => onShowRows(new Set(linesOf(reason)))}
              onRetry={() => retry({ rows: linesOf(reason) })}
              onOpen={onOpen}
            />
          ))}
        </section>
      )}
      {reasons.length === 0 && problems.length === 0 && status === 'completed' && (
        <p class="notice notice-good">{texts.nothing}</p>
      )}
      {error !== undefined && <Failure error={error} />}
      {!goesOn(status) && <History importView={importView} />}
    </>
  );
}

/** So many lines of a reason are named with it; all of them are a click away. */
const LINES_SHOWN = 4;

const linesOf = ({ lines }: Reason): number[] => lines.map(({ line }) => line);

/** The problems that are solved in the same way, by that way. */
function byFix(problems: readonly Problem[]): Map<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const { fix, message } of problems) messages.set(fix, [...(messages.get(fix) ?? []), message]);
  return messages;
}

interface ReasonLineProps {
  reason: Reason;
  isBusy: boolean;
  onShow: () => void;
  onRetry: () => void;
  onOpen: (line: number) => void;
}

const ReasonLine = ({ reason, isBusy, onShow, onRetry, onOpen }: ReasonLineProps) => (
  <div class="reason">
    <span class="reason-count">{formatNumber(reason.lines.length)}</span>
    <div>
      <p>{reason.problem.message}</p>
      <p class="quiet small">{reason.problem.fix}</p>
      <p class="reason-lines small">
        {reason.lines.slice(0, LINES_SHOWN).map(({ line, value }) => (
          <button key={line} type="button" class="plain small" onClick={() => onOpen(line)}>
            {fill(t.imports.line, { line: String(line) })}
            {value !== '' && ` – ${value}`}
          </button>
        ))}
      </p>
    </div>
    <span class="actions">
      <button type="button" class="plain" onClick={onShow}>
        {t.imports.result.show}
      </button>
      {reason.canRetry && (
        <button type="button" class="plain" disabled={isBusy} onClick={onRetry}>
          {t.imports.actions.retrySome}
        </button>
      )}
    </span>
  </div>
);

const History = ({ importView: { history } }: { importView: Import }) => (
  <details class="history">
    <summary>{t.imports.result.history}</summary>
    <ul>
      {history.map(({ at, action, by }, i) => (
        <li key={i}>
          <span class="quiet">{formatMoment(at)}</span> {actionText(action)} – {by.name ?? by.kind}
        </li>
      ))}
    </ul>
  </details>
);
