import { useEffect, useRef, useState } from 'preact/hooks';
import { IMPORT_STATUSES } from '../../../contract/import-status';
import { FormField } from '../../components/form-field';
import { useNarrow } from '../../components/use-narrow';
import { t } from '../../messages';
import { hrefOf } from '../../routing/route';
import type { Filters } from './filters';

interface HistoryFiltersProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** A search that is sent by Enter or its button, and filters that count at once. */
export function HistoryFilters({ filters, onChange }: HistoryFiltersProps) {
  const [q, setQ] = useState(filters.q ?? '');
  // What is in the address by a link or by Back is shown; what was sent from here may have been typed on since.
  const sent = useRef(filters.q ?? '');
  useEffect(() => {
    if ((filters.q ?? '') !== sent.current) setQ(filters.q ?? '');
    sent.current = filters.q ?? '';
  }, [filters.q]);
  const isPhone = useNarrow('phone');
  const texts = t.history;
  const change = (name: keyof Filters, value: string): void => {
    onChange({ ...filters, [name]: value });
  };
  const choice = (name: 'status' | 'kind' | 'code', options: readonly (readonly [string, string])[]) => (
    <FormField id={`history-${name}`} label={texts[name]}>
      <select value={filters[name] ?? ''} onChange={({ currentTarget }) => change(name, currentTarget.value)}>
        <option value="">{texts.any}</option>
        {options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </FormField>
  );
  return (
    <>
      <form
        class="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          sent.current = q.trim();
          change('q', sent.current);
        }}
      >
        <FormField id="history-q" label={texts.search}>
          <input
            type="search"
            placeholder={texts.searchHint}
            value={q}
            onInput={({ currentTarget }) => setQ(currentTarget.value)}
          />
        </FormField>
        <button type="submit">{texts.find}</button>
      </form>
      <details class="folded" open={!isPhone || Object.keys(filters).some((name) => name !== 'q')}>
        <summary>{texts.filters}</summary>
        <div class="filters">
          {choice(
            'status',
            IMPORT_STATUSES.map((status) => [status, t.imports.status[status]]),
          )}
          {choice('kind', [
            ['clients', texts.kinds.clients],
            ['staff', texts.kinds.staff],
          ])}
          {choice('code', Object.entries(texts.codes))}
          {(['since', 'until'] as const).map((name) => (
            <FormField key={name} id={`history-${name}`} label={texts[name]}>
              <input
                type="date"
                value={filters[name] ?? ''}
                onChange={({ currentTarget }) => change(name, currentTarget.value)}
              />
            </FormField>
          ))}
          {Object.keys(filters).length > 0 && (
            <a class="button plain" href={hrefOf(['history'])}>
              {texts.clear}
            </a>
          )}
        </div>
      </details>
    </>
  );
}
