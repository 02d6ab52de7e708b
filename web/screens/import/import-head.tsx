import { useState } from 'preact/hooks';
import { canCancel, canPause } from '../../../contract/import-status';
import { answerOf, api } from '../../api/api';
import { useCommand } from '../../shell/use-command';
import { Confirm } from '../../components/confirm';
import { Pill } from '../../components/pill';
import { Failure } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatMoment } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import { Lineage } from './lineage';
import { TONES } from './model';
import type { Import } from './model';
import { UndoAction } from './undo-action';

/** What it is, how it stands, and what can be done with all of it. */
export function ImportHead({ importView, onChanged }: { importView: Import; onChanged: () => void }) {
  const { id, fileName, status, lines, createdAt, sameFileAs, corrects, cancelling, pausedBy, links } = importView;
  const { mayImport } = useSession();
  const { run, isBusy, error } = useCommand();
  const [isSure, setIsSure] = useState(false);
  const texts = t.imports.actions;
  const command = (send: () => Promise<unknown>): void => run(send, () => (tell(texts.done), onChanged()));
  const path = { params: { path: { id } } };
  const isPaused = pausedBy.length > 0;
  return (
    <>
      <div class="head">
        <div>
          <h1>{fileName}</h1>
          <p class="quiet">
            <Pill tone={TONES[status]}>{t.imports.status[status]}</Pill>{' '}
            {lines > 0 && `${count(lines, t.imports.lines)} · `}
            {formatMoment(createdAt)}
          </p>
        </div>
        <div class="actions">
          {canPause(status) && !cancelling && !isPaused && (
            <button
              type="button"
              disabled={isBusy}
              onClick={() => command(() => answerOf(api.POST('/v1/imports/{id}/pause', path)))}
            >
              {texts.pause}
            </button>
          )}
          {isPaused && (
            <button
              type="button"
              class="primary"
              disabled={isBusy}
              onClick={() => command(() => answerOf(api.POST('/v1/imports/{id}/resume', path)))}
            >
              {texts.resume}
            </button>
          )}
          {canCancel(status) && !cancelling && (
            <button type="button" onClick={() => setIsSure(true)}>
              {texts.cancel}
            </button>
          )}
          {mayImport && <UndoAction importView={importView} onChanged={onChanged} />}
        </div>
      </div>
      <p class="small links">
        <a href={hrefOf(['batches', importView.batch])}>{texts.batch}</a>
        <a href={`/v1/imports/${id}/report.csv`} download>
          {texts.report}
        </a>
        <a href={links.temporalUi} target="_blank" rel="noreferrer">
          {texts.temporal}
        </a>
        {mayImport && <a href={hrefOf([])}>{texts.again}</a>}
      </p>
      {sameFileAs && (
        <p class="notice">
          {fill(t.imports.same, {
            name: sameFileAs.fileName,
            when: formatMoment(sameFileAs.createdAt),
            present: sameFileAs.present,
            lines: sameFileAs.lines,
          })}{' '}
          <a href={hrefOf(['imports', sameFileAs.id])}>{t.imports.sameOpen}</a>
        </p>
      )}
      {corrects !== null && (
        <p class="notice">
          <a href={hrefOf(['imports', corrects])}>{t.imports.corrects}</a>
        </p>
      )}
      {(importView.union?.passes.length ?? 0) > 1 && <Lineage importId={id} label={t.history.lineage.title} />}
      {pausedBy.map(({ by, problem, providerReason }) => (
        <p key={by} class="notice notice-warn">
          {by === 'staff'
            ? t.imports.pausedStaff
            : fill(t.imports.pausedProvider, {
                channel: t.imports.channel[by],
                reason: [problem?.message, providerReason, problem?.fix].filter(Boolean).join(' '),
              })}
        </p>
      ))}
      {error !== undefined && <Failure error={error} />}
      {isSure && (
        <Confirm
          title={texts.cancelTitle}
          action={texts.cancel}
          isDangerous
          onConfirm={async () => {
            await answerOf(api.POST('/v1/imports/{id}/cancel', path));
            tell(texts.done);
            setIsSure(false);
            onChanged();
          }}
          onClose={() => setIsSure(false)}
        >
          <p>{texts.cancelSure}</p>
        </Confirm>
      )}
    </>
  );
}
