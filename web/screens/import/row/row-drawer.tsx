import { useState } from 'preact/hooks';
import { answerOf, api } from '../../../api/api';
import { useCommand } from '../../../shell/use-command';
import { useLoad } from '../../../api/use-load';
import { Dialog } from '../../../components/dialog';
import { Failure, Loading } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import { correctRow, mayCorrect } from '../correct-row';
import { fieldOf } from '../model';
import type { Field, Import, Row } from '../model';
import { RowStory } from './row-story';

interface RowDrawerProps {
  importView: Import;
  line: number;
  onClose: () => void;
  onChanged: () => void;
}

/** One row: its cells to be corrected, its problems, and its whole story. */
export function RowDrawer({ importView, line, onClose, onChanged }: RowDrawerProps) {
  const { id } = importView;
  const path = { params: { path: { id, line: String(line) } } };
  const {
    value: row,
    error,
    reload,
  } = useLoad(() => answerOf(api.GET('/v1/imports/{id}/rows/{line}', path)), [id, line]);
  const { mayImport } = useSession();
  const [drafts, setDrafts] = useState<Partial<Record<Field, string>>>({});
  const { run, isBusy, error: failure } = useCommand();
  const texts = t.imports.row;
  const change = (send: () => Promise<unknown>): void =>
    run(send, () => {
      tell(texts.saved);
      setDrafts({});
      reload();
      onChanged();
    });
  const cells = Object.entries(row?.cells ?? {}) as [Field, string][];
  const isEditable = row !== undefined && mayImport && mayCorrect(importView, row);
  return (
    <Dialog isDrawer title={fill(texts.title, { line })} onClose={onClose}>
      {error !== undefined && <Failure error={error} retry={reload} />}
      {!row && error === undefined && <Loading />}
      {row && (
        <>
          {row.problems.length > 0 && (
            <ul class="problems">
              {row.problems.map((problem, i) => {
                const field = fieldOf(problem);
                return (
                  <li key={i} class={problem.severity === 'error' ? 'bad-text' : 'warn-text'}>
                    {problem.message} <span class="quiet">{problem.fix}</span>
                    {problem.suggestion !== null && field && isEditable && (
                      <button
                        type="button"
                        disabled={isBusy}
                        onClick={() => change(() => correctRow(id, line, { [field]: problem.suggestion! }))}
                      >
                        {fill(texts.use, { value: problem.suggestion })}
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
          <form
            class="cells"
            onSubmit={(event) => {
              event.preventDefault();
              change(() => correctRow(id, line, drafts));
            }}
          >
            {cells.map(([field, value]) => (
              <label key={field}>
                {t.imports.field[field]}
                <input
                  dir="auto"
                  value={drafts[field] ?? value}
                  readOnly={!isEditable}
                  onInput={({ currentTarget }) => setDrafts({ ...drafts, [field]: currentTarget.value })}
                />
              </label>
            ))}
            {isEditable && (
              <div class="actions">
                <button type="submit" class="primary" disabled={isBusy || Object.keys(drafts).length === 0}>
                  {texts.save}
                </button>
                {row.status !== 'ignored' && (
                  <button
                    type="button"
                    disabled={isBusy}
                    onClick={() =>
                      change(() => answerOf(api.POST('/v1/imports/{id}/rows/{line}/ignore', { ...path, body: {} })))
                    }
                  >
                    {texts.ignore}
                  </button>
                )}
              </div>
            )}
            {row.status === 'ignored' && mayImport && (
              <button
                type="button"
                disabled={isBusy}
                onClick={() => change(() => answerOf(api.DELETE('/v1/imports/{id}/rows/{line}/ignore', path)))}
              >
                {texts.takeBack}
              </button>
            )}
          </form>
          {failure !== undefined && <Failure error={failure} />}
          <Repairs repairs={row.repairs} />
          <RowStory row={row} />
        </>
      )}
    </Dialog>
  );
}

/** What was put right, cell by cell. Support is not told what the cells held. */
function Repairs({ repairs }: { repairs: Row['repairs'] }) {
  if (repairs.length === 0) return null;
  return (
    <section aria-labelledby="repairs">
      <h3 id="repairs">{t.imports.row.repairs}</h3>
      <ul class="sub-list">
        {repairs.map(({ column, before, after }) => (
          <li key={column}>
            {column}
            {before !== undefined && after !== undefined && (
              <>
                : <del dir="auto">{before}</del> → <ins dir="auto">{after}</ins>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
