import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { useCommand } from '../../shell/use-command';
import { useEvents } from '../../api/use-events';
import { useLoad } from '../../api/use-load';
import { useReloadAfterCommand } from '../../api/use-reload-after-command';
import { Pill } from '../../components/pill';
import { ProgressBar } from '../../components/progress-bar';
import { Failure, Pending } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatNumber, formatSeconds } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import { goesOn, loadImport, TONES } from '../import/model';
import { doneOf } from '../import/progress-panel';
import { usePace } from '../import/use-pace';

type Batch = Schemas['Batch'];

const loadBatch = (id: string): Promise<Batch> => answerOf(api.GET('/v1/batches/{id}', { params: { path: { id } } }));

/** The files of one upload: the sum, then a bar for each. */
export function BatchScreen({ id }: { id: string }) {
  const { value: batch, error, reload } = useLoad(() => loadBatch(id), [id]);
  const isUnderWay = batch !== undefined && goesOn(batch.status);
  const changed = useReloadAfterCommand(reload);
  // The events have no counts of each file.
  const connection = useEvents(isUnderWay ? `/v1/batches/${id}/events` : undefined, reload, reload);
  if (!batch) return <Pending title={t.imports.batch.some} error={error} retry={reload} />;
  return (
    <>
      <BatchHead batch={batch} onChanged={changed} />
      {connection === 'lost' && <p class="notice">{t.imports.lost}</p>}
      <ul class="bars">
        {batch.imports.map((file) => {
          const { done, all } = doneOf(file);
          return (
            <li key={file.id} class="bar-row">
              <a href={hrefOf(['imports', file.id])}>{file.fileName}</a>
              <Pill tone={TONES[file.status]}>{t.imports.status[file.status]}</Pill>
              <ProgressBar
                label={fill(t.imports.progress, { name: file.fileName })}
                value={done}
                max={all}
                tone={file.status === 'failed' ? 'bad' : file.status === 'completed' ? 'good' : 'normal'}
              />
              <span class="quiet small">{count(file.lines, t.imports.lines)}</span>
              <Reason file={file} />
            </li>
          );
        })}
      </ul>
      {batch.rejected.length > 0 && (
        <section class="notice notice-error">
          <h2>{t.imports.batch.rejected}</h2>
          <ul>
            {batch.rejected.map(({ position, fileName, problem }) => (
              <li key={position}>
                {fileName}: {problem.detail}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Why a file was refused, or what it asks. */
function Reason({ file: { status, problems, questions } }: { file: Batch['imports'][number] }) {
  const reason = status === 'failed' ? problems[0] : status === 'awaiting-approval' ? questions[0] : undefined;
  if (!reason) return null;
  return <p class={`bar-reason small ${status === 'failed' ? 'bad-text' : 'warn-text'}`}>{reason.message}</p>;
}

function BatchHead({ batch, onChanged }: { batch: Batch; onChanged: () => void }) {
  const { id, status, files, imports } = batch;
  const { mayImport } = useSession();
  const { run, isBusy, error } = useCommand();
  const { done, all } = doneOf({ ...batch, status: 'inviting' });
  const pace = usePace(done);
  const texts = t.imports.actions;
  const path = { params: { path: { id } } };
  const command = (send: () => Promise<unknown>): void => run(send, () => (tell(texts.done), onChanged()));
  const waiting = imports.filter((file) => file.status === 'awaiting-approval' && file.questions.length === 0);
  const sendAll = async (): Promise<void> => {
    for (const { id: importId } of waiting) {
      const { plan } = await loadImport(importId);
      if (plan)
        await answerOf(
          api.POST('/v1/imports/{id}/apply', { params: { path: { id: importId } }, body: { planHash: plan.hash } }),
        );
    }
  };
  const isUnderWay = goesOn(status);
  return (
    <>
      <div class="head">
        <div>
          <h1>{fill(t.imports.batch.title, { files: count(files.total, t.upload.files) })}</h1>
          <p class="quiet">
            <Pill tone={TONES[status]}>{t.imports.status[status]}</Pill> {count(batch.lines, t.imports.lines)}
          </p>
        </div>
        <div class="actions">
          {waiting.length > 0 && mayImport && (
            <button type="button" class="primary" disabled={isBusy} onClick={() => command(sendAll)}>
              {t.imports.batch.sendAll} ({formatNumber(waiting.length)})
            </button>
          )}
          {isUnderWay && (
            <button
              type="button"
              disabled={isBusy}
              onClick={() => command(() => answerOf(api.POST('/v1/batches/{id}/pause', path)))}
            >
              {texts.pause}
            </button>
          )}
          {status === 'paused' && (
            <button
              type="button"
              class="primary"
              disabled={isBusy}
              onClick={() => command(() => answerOf(api.POST('/v1/batches/{id}/resume', path)))}
            >
              {texts.resume}
            </button>
          )}
          {status === 'needs-attention' && (
            <button
              type="button"
              disabled={isBusy}
              onClick={() =>
                command(() => answerOf(api.POST('/v1/batches/{id}/retries', { ...path, body: { all: true } })))
              }
            >
              {texts.retry}
            </button>
          )}
        </div>
      </div>
      <p class="small links">
        <a href={`/v1/batches/${id}/report.xlsx`} download>
          {texts.report}
        </a>
        <a href={`/v1/batches/${id}/failed-rows.zip`} download>
          {texts.failedRows}
        </a>
      </p>
      {error !== undefined && <Failure error={error} />}
      <section class="panel">
        <div class="panel-line">
          <strong>{t.imports.batch.sum}</strong>
          <span class="quiet">
            {isUnderWay && pace > 0 && all > done
              ? fill(t.imports.left, { time: formatSeconds((all - done) / pace) })
              : ''}
          </span>
        </div>
        <ProgressBar
          label={t.imports.batch.sum}
          value={done}
          max={all}
          tone={status === 'paused' ? 'still' : isUnderWay ? 'normal' : 'good'}
        />
      </section>
    </>
  );
}
