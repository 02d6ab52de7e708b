import { useState } from 'preact/hooks';
import { canUndo, isUndone } from '../../../contract/import-status';
import { spacedRowSet } from '../../../contract/row-set';
import { answerOf, api } from '../../api/api';
import { useLoad } from '../../api/use-load';
import { Confirm } from '../../components/confirm';
import { Dialog } from '../../components/dialog';
import { Failure, Loading } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatNumber } from '../../messages/format';
import type { Schemas } from '../../../client';
import type { Import } from './model';

/** Of a large file; its report has them all. */
const MOST_LETTERS_OF_LINES = 120;

const ask = (id: string, planHash?: string): Promise<Schemas['UndoPlan']> =>
  answerOf(
    api.POST('/v1/imports/{id}/undo', {
      params: { path: { id } },
      body: { ...(planHash !== undefined && { planHash }) },
    }),
  );

/** Undoes the import, once whoever asks has seen what that does; of an undone import it shows what was done. */
export function UndoAction({ importView, onChanged }: { importView: Import; onChanged: () => void }) {
  const { id, status, rows } = importView;
  const [isOpen, setIsOpen] = useState(false);
  const hasWritten = rows.created + rows.updated > 0;
  if (!isUndone(status) && !(canUndo(status) && hasWritten)) return null;
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        {isUndone(status) ? t.undo.shows : t.undo.action}
      </button>
      {isOpen && <UndoDialog id={id} onChanged={onChanged} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function UndoDialog({ id, onChanged, onClose }: { id: string; onChanged: () => void; onClose: () => void }) {
  const { value: plan, error, reload } = useLoad(() => ask(id), [id]);
  if (!plan || plan.planHash === null) {
    return (
      <Dialog title={plan ? t.undo.shows : t.undo.action} onClose={onClose}>
        {error !== undefined ? <Failure error={error} retry={reload} /> : plan ? <Outcomes plan={plan} /> : <Loading />}
      </Dialog>
    );
  }
  const { planHash } = plan;
  return (
    <Confirm
      title={t.undo.title}
      action={t.undo.action}
      isDangerous
      onConfirm={async () => {
        await ask(id, planHash).catch((reason: unknown) => {
          // Somebody may have joined meanwhile: what it would do is shown anew.
          reload();
          throw reason;
        });
        tell(t.undo.begun);
        onChanged();
        onClose();
      }}
      onClose={onClose}
    >
      <p>{t.undo.whatFor}</p>
      <Outcomes plan={plan} />
    </Confirm>
  );
}

function Outcomes({ plan: { id, planHash, outcomes, messages } }: { plan: Schemas['UndoPlan'] }) {
  const isPlan = planHash !== null;
  const { out, waiting } = messages;
  const stopped = waiting.email + waiting.sms;
  return (
    <>
      <ul>
        {outcomes.map(({ outcome, count: n, lines }) => (
          <li key={outcome}>
            {formatNumber(n)} {count(n, isPlan && outcome === 'undone' ? t.undo.toUndo : t.undo.outcome[outcome])}{' '}
            <span class="quiet small">{fill(t.undo.lines, { lines: spacedRowSet(lines, MOST_LETTERS_OF_LINES) })}</span>
          </li>
        ))}
      </ul>
      <p>
        {count(out.email + out.sms, t.undo.out)} {stopped > 0 && count(stopped, t.undo.waiting)}
      </p>
      <p class="small">
        <a href={`/v1/imports/${id}/undo.csv`} download>
          {t.undo.report}
        </a>
      </p>
    </>
  );
}
