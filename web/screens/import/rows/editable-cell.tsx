import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { textOf } from '../../../api/problem';
import { useCommand } from '../../../shell/use-command';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import { correctRow, mayCorrect } from '../correct-row';
import { fieldOf } from '../model';
import type { Field, Import, Row } from '../model';

interface EditableCellProps {
  importView: Import;
  row: Row;
  field: Exclude<Field, 'role' | 'company' | 'group' | 'teams'>;
  onChanged: () => void;
}

/** A cell of a row that becomes a field when it is clicked: Enter saves, Escape leaves it as it was, and both give the focus back. */
export function EditableCell({ importView, row, field, onChanged }: EditableCellProps) {
  const { mayImport } = useSession();
  const value = row.person[field];
  const [draft, setDraft] = useState<string | undefined>();
  const { run, isBusy } = useCommand();
  const [fault, setFault] = useState<string | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  const isEdited = draft !== undefined;
  // Before the next key: an effect that waits for the frame lets it fall into the page. Not every browser focuses what it selects.
  useLayoutEffect(() => {
    if (isEdited) {
      input.current?.focus();
      input.current?.select();
    } else if (hadFocus.current) button.current?.focus();
    hadFocus.current = false;
  }, [isEdited]);
  const problem = row.problems.find((one) => fieldOf(one) === field);
  const repair = row.repairs.find(({ key }) => key === field);
  const marks = [
    problem && (problem.severity === 'error' ? 'cell-bad' : 'cell-warn'),
    repair && 'cell-repaired',
  ].filter(Boolean);
  const hint = problem
    ? `${problem.message} ${problem.fix}`
    : repair?.before !== undefined
      ? fill(t.imports.look.was, { value: repair.before })
      : undefined;

  const leave = (): void => {
    hadFocus.current = document.activeElement === input.current;
    setFault(undefined);
    setDraft(undefined);
  };
  function save(): void {
    if (draft === undefined) return;
    if (draft === value) return leave();
    setFault(undefined);
    run(
      () =>
        correctRow(importView.id, row.row, { [field]: draft }).catch((reason: unknown) => {
          // What was typed stays, and why it is not saved stays beside it.
          setFault(textOf(reason));
          throw reason;
        }),
      () => {
        tell(fill(t.imports.look.saved, { line: String(row.row) }));
        onChanged();
        leave();
      },
    );
  }

  if (isEdited) {
    return (
      <span class="cell-edit">
        <input
          ref={input}
          class="cell-input"
          dir="auto"
          aria-label={`${fill(t.imports.line, { line: String(row.row) })}, ${t.imports.field[field]}`}
          aria-invalid={fault !== undefined}
          value={draft}
          // A disabled field would lose the focus.
          readOnly={isBusy}
          onInput={({ currentTarget }) => setDraft(currentTarget.value)}
          // A field that goes, as by Escape, loses the focus as well, and that saves nothing.
          onBlur={() => input.current && fault === undefined && save()}
          onKeyDown={({ key, isComposing }) => {
            // Of an input method, these choose a word.
            if (isComposing) return;
            if (key === 'Enter') save();
            if (key === 'Escape') leave();
          }}
        />
        {fault !== undefined && (
          <span class="cell-fault small" role="alert">
            {fault}
          </span>
        )}
      </span>
    );
  }
  if (!mayImport || !mayCorrect(importView, row)) {
    return (
      <span class={marks.join(' ')} title={hint} dir="auto">
        {value}
      </span>
    );
  }
  return (
    <button
      ref={button}
      type="button"
      class={`plain cell ${marks.join(' ')}`}
      title={hint}
      dir="auto"
      aria-label={`${t.imports.field[field]}: ${value === '' ? '–' : value}${hint === undefined ? '' : `. ${hint}`}`}
      onClick={() => setDraft(value)}
    >
      {value === '' ? '–' : value}
    </button>
  );
}
