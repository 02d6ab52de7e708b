import { useLayoutEffect, useRef, useState } from 'preact/hooks';
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

/** A cell of a row that becomes a field when it is clicked: Enter saves, Escape leaves it as it was. */
export function EditableCell({ importView, row, field, onChanged }: EditableCellProps) {
  const { mayImport } = useSession();
  const value = row.person[field];
  const [draft, setDraft] = useState<string | undefined>();
  const [isSaving, setIsSaving] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isEdited = draft !== undefined;
  // Before the next key: an effect that waits for the frame lets it fall into the page. Not every browser focuses what it selects.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [isEdited]);
  const problem = row.problems.find((one) => fieldOf(one) === field);
  const repair = row.repairs.find(({ column }) => column === field || column === t.imports.field[field]);
  const marks = [
    problem && (problem.severity === 'error' ? 'cell-bad' : 'cell-warn'),
    repair && 'cell-repaired',
  ].filter(Boolean);
  const hint = problem
    ? `${problem.message} ${problem.fix}`
    : repair?.before !== undefined
      ? fill(t.imports.look.was, { value: repair.before })
      : undefined;

  async function save(): Promise<void> {
    if (draft === undefined || isSaving) return;
    if (draft === value) return setDraft(undefined);
    setIsSaving(true);
    try {
      await correctRow(importView.id, row.row, { [field]: draft });
      tell(fill(t.imports.look.saved, { line: row.row }));
      onChanged();
      setDraft(undefined);
    } catch (reason) {
      tell(reason instanceof Error ? reason.message : String(reason));
    } finally {
      setIsSaving(false);
    }
  }

  if (isEdited) {
    return (
      <input
        ref={input}
        class="cell-input"
        aria-label={`${fill(t.imports.line, { line: row.row })}, ${t.imports.field[field]}`}
        value={draft}
        disabled={isSaving}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        // A field that goes, as by Escape, loses the focus as well, and that saves nothing.
        onBlur={() => void (input.current && save())}
        onKeyDown={({ key }) => {
          if (key === 'Enter') void save();
          if (key === 'Escape') setDraft(undefined);
        }}
      />
    );
  }
  if (!mayImport || !mayCorrect(importView, row)) {
    return (
      <span class={marks.join(' ')} title={hint}>
        {value}
      </span>
    );
  }
  return (
    <button
      type="button"
      class={`plain cell ${marks.join(' ')}`}
      title={hint}
      aria-label={`${t.imports.field[field]}: ${value === '' ? '–' : value}${hint === undefined ? '' : `. ${hint}`}`}
      onClick={() => setDraft(value)}
    >
      {value === '' ? '–' : value}
    </button>
  );
}
