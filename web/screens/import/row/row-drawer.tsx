import { useState } from 'preact/hooks';
import { answerOf, api } from '../../../api/api';
import { useLoad } from '../../../api/use-load';
import { Dialog } from '../../../components/dialog';
import { Failure, Loading } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import { correctRow, mayCorrect } from '../correct-row';
import { fieldOf } from '../model';
import type { Field, Import } from '../model';
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
  const [failure, setFailure] = useState<unknown>();
  const texts = t.imports.row;
  const run = (asking: Promise<unknown>): void => {
    setFailure(undefined);
    asking.then(() => {
      tell(texts.saved);
      setDrafts({});
      reload();
      onChanged();
    }, setFailure);
  };
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
                      <button type="button" onClick={() => run(correctRow(id, line, { [field]: problem.suggestion! }))}>
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
              run(correctRow(id, line, drafts));
            }}
          >
            {cells.map(([field, value]) => (
              <label key={field}>
                {t.imports.field[field]}
                <input
                  value={drafts[field] ?? value}
                  readOnly={!isEditable}
                  onInput={({ currentTarget }) => setDrafts({ ...drafts, [field]: currentTarget.value })}
                />
              </label>
            ))}
            {isEditable && (
              <div class="actions">
                <button type="submit" class="primary" disabled={Object.keys(drafts).length === 0}>
                  {texts.save}
                </button>
                {row.status !== 'ignored' && (
                  <button
                    type="button"
                    onClick={() =>
                      run(answerOf(api.POST('/v1/imports/{id}/rows/{line}/ignore', { ...path, body: {} })))
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
                onClick={() => run(answerOf(api.DELETE('/v1/imports/{id}/rows/{line}/ignore', path)))}
              >
                {texts.takeBack}
              </button>
            )}
          </form>
          {failure !== undefined && <Failure error={failure} />}
          <RowStory row={row} />
        </>
      )}
    </Dialog>
  );
}
