import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { FormField } from '../../components/form-field';
import { PagedList } from '../../components/list-table';
import type { ListColumn } from '../../components/list-table';
import { Empty } from '../../components/states';
import { actionText, t, targetText } from '../../messages';
import { formatMoment } from '../../messages/format';
import { goTo, hrefOf } from '../../routing/route';

type Event = Schemas['AuditEvent'];

const FILTERS = ['action', 'actor', 'import'] as const;
const PAGE = 50;
const ACTIONS = Object.entries(t.actions).sort(([, a], [, b]) => a.localeCompare(b));

/** Who did what, the newest first. */
export function AuditLog({ query }: { query: Readonly<Record<string, string>> }) {
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
  const pages = usePages<Event, number>(
    (after) =>
      answerOf(
        api.GET('/v1/events', {
          params: { query: { ...filters, limit: PAGE, ...(after !== undefined && { after }) } },
        }),
      ),
    [JSON.stringify(filters)],
  );
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(filters);
  const texts = t.settings.event;
  return (
    <>
      <form
        class="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          goTo(['settings', 'audit'], typed);
        }}
      >
        {FILTERS.map((name) => (
          <FormField key={name} id={`audit-${name}`} label={texts[name]}>
            {name === 'action' ? (
              <select
                value={typed[name] ?? ''}
                onChange={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
              >
                <option value="">{t.common.all}</option>
                {ACTIONS.map(([action, words]) => (
                  <option key={action} value={action} selected={action === typed[name]}>
                    {words}
                  </option>
                ))}
              </select>
            ) : (
              <input
                type="search"
                value={typed[name] ?? ''}
                onInput={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value.trim() })}
              />
            )}
          </FormField>
        ))}
        <button type="submit">{texts.find}</button>
      </form>
      <p class="small links">
        <a href="/v1/events.ndjson" download>
          {texts.download}
        </a>
        <a href="/v1/events.csv" download>
          {texts.downloadCsv}
        </a>
      </p>
      <PagedList
        caption={t.settings.audit}
        columns={COLUMNS}
        pages={pages}
        keyOf={({ sequence }) => String(sequence)}
        empty={<Empty title={texts.empty} />}
      />
    </>
  );
}

const COLUMNS: readonly ListColumn<Event>[] = [
  {
    key: 'when',
    title: t.settings.event.when,
    cell: ({ at, sequence }) => (
      <>
        <time dateTime={at}>{formatMoment(at)}</time>
        <p class="small quiet">#{sequence}</p>
      </>
    ),
  },
  {
    key: 'what',
    title: t.settings.event.what,
    cell: (event) => (
      <>
        {actionText(event.action)}
        <p class="small not-wide">
          <Result event={event} />
        </p>
      </>
    ),
  },
  {
    key: 'who',
    title: t.settings.event.who,
    cell: ({ actor, network }) => (
      <>
        <p>{actor.name ?? t.settings.event.kinds[actor.kind]}</p>
        <p class="small quiet">{network}</p>
      </>
    ),
  },
  {
    key: 'target',
    title: t.settings.event.target,
    isExtra: true,
    cell: ({ targets }) => (
      <ul class="sub-list small">
        {targets.map(({ kind, id }) => (
          <li key={`${kind} ${id}`}>
            {targetText(kind)}{' '}
            {kind in SCREENS ? <a href={hrefOf([SCREENS[kind]!, id])}>{shortOf(id)}</a> : shortOf(id)}
          </li>
        ))}
      </ul>
    ),
  },
  {
    key: 'result',
    title: t.settings.event.result,
    isExtra: true,
    cell: (event) => <Result event={event} />,
  },
];

function Result({ event: { status, code } }: { event: Event }) {
  if (status === null) return <span class="warn-text">{t.settings.event.unknown}</span>;
  return code === null ? <>{t.settings.event.done}</> : <span class="bad-text">{code}</span>;
}

/** The screens of what has one. */
const SCREENS: Readonly<Record<string, string>> = { import: 'imports', batch: 'batches' };

const WHOLE_ID = /^[0-9a-f]{8}-/;

/** Enough of an id to tell it from others; what is none, such as the name of a text, as it is. */
const shortOf = (id: string): string => (WHOLE_ID.test(id) ? id.slice(0, 8) : id);
