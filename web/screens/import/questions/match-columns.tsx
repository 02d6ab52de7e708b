import { useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { t } from '../../../messages';
import { fill, formatList } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import type { Field } from '../model';

interface MatchColumnsProps {
  kind: 'clients' | 'staff';
  columns: readonly Schemas['FileColumn'][];
  /** By field: heading, letter or number. */
  guess: Readonly<Record<string, string>>;
  isAsking: boolean;
  onAnswer: (mapping: Record<string, string>, keepMapping: boolean) => void;
}

const FIELDS: Readonly<Record<MatchColumnsProps['kind'], readonly Field[]>> = {
  clients: ['firstName', 'lastName', 'email', 'mobile', 'role', 'company', 'group'],
  staff: ['firstName', 'lastName', 'email', 'mobile', 'role', 'teams'],
};
/** A row without one of these is nobody who could be invited. */
const REQUIRED: Readonly<Record<MatchColumnsProps['kind'], readonly Field[]>> = {
  clients: ['firstName', 'lastName', 'email', 'mobile'],
  staff: ['firstName', 'lastName', 'email', 'mobile', 'role'],
};

/** Our fields beside the columns of the file, with what we guess and why. */
export function MatchColumns({ kind, columns, guess, isAsking, onAnswer }: MatchColumnsProps) {
  const { caller, organisation } = useSession();
  const letterOf = (named: string | undefined): string =>
    columns.find(({ letter, header }) => header === named || letter === named)?.letter ?? '';
  const [chosen, setChosen] = useState<Partial<Record<Field, string>>>(() =>
    Object.fromEntries(
      FIELDS[kind].map((field) => [
        field,
        letterOf(guess[field]) || (columns.find(({ likely }) => likely?.column === field)?.letter ?? ''),
      ]),
    ),
  );
  const [keeps, setKeeps] = useState(false);
  const texts = t.imports.questions;
  // Without a team of its own or the usual one, every line would be refused.
  const required: readonly Field[] =
    kind === 'clients' && organisation.defaultTeam === null ? [...REQUIRED[kind], 'group'] : REQUIRED[kind];
  const missing = required.filter((field) => !chosen[field]);
  const taken = Object.values(chosen).filter((letter) => letter !== '');
  const twice = columns.filter(({ letter }) => taken.indexOf(letter) !== taken.lastIndexOf(letter));
  const left = columns.filter(({ letter }) => !taken.includes(letter));
  const submit = (event: Event): void => {
    event.preventDefault();
    const mapping = Object.entries(chosen).filter((pair): pair is [string, string] => !!pair[1]);
    onAnswer(Object.fromEntries(mapping), keeps);
  };
  return (
    <form onSubmit={submit}>
      <div class="match">
        {FIELDS[kind].map((field) => {
          const column = columns.find(({ letter }) => letter === chosen[field]);
          return (
            <div class="match-row" key={field}>
              <label for={`match-${field}`}>
                {t.imports.field[field]}
                {required.includes(field) && <span aria-hidden="true"> *</span>}
              </label>
              <select
                id={`match-${field}`}
                value={chosen[field] ?? ''}
                onChange={({ currentTarget }) => setChosen({ ...chosen, [field]: currentTarget.value })}
              >
                <option value="">{texts.none}</option>
                {columns.map(({ letter, header }) => (
                  <option key={letter} value={letter}>
                    {letter}: {header}
                  </option>
                ))}
              </select>
              <span class="quiet small match-samples" dir="auto">
                {column && (
                  <>
                    {column.samples.join(' · ')}
                    {column.likely?.column === field && <em> – {texts.why[column.likely.why]}</em>}
                  </>
                )}
              </span>
            </div>
          );
        })}
      </div>
      {left.length > 0 && (
        <>
          <h3>{texts.left}</h3>
          <dl class="match-left small">
            {left.map(({ letter, header, samples }) => (
              <div key={letter}>
                <dt dir="auto">
                  {letter}: {header}
                </dt>
                <dd class="quiet match-samples" dir="auto">
                  {samples.join(' · ')}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {caller.role === 'systemAdministrator' && (
        <label class="check">
          <input type="checkbox" checked={keeps} onChange={({ currentTarget }) => setKeeps(currentTarget.checked)} />{' '}
          {texts.keep}
        </label>
      )}
      {missing.length > 0 && (
        <p class="quiet small" role="status">
          {fill(texts.missing, { fields: formatList(missing.map((field) => t.imports.field[field])) })}
        </p>
      )}
      {twice.length > 0 && (
        <p class="field-error" role="alert">
          {fill(texts.twice, { columns: formatList(twice.map(({ letter, header }) => `${letter}: ${header}`)) })}
        </p>
      )}
      <button type="submit" class="primary" disabled={isAsking || missing.length > 0 || twice.length > 0}>
        {texts.answer}
      </button>
    </form>
  );
}
