import { answerOf, api } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { PagedList } from '../../components/list-table';
import type { ListColumn } from '../../components/list-table';
import { Pill } from '../../components/pill';
import { Empty } from '../../components/states';
import { t } from '../../messages';
import { count, fill, formatMoment, formatNumber } from '../../messages/format';
import { goTo, hrefOf } from '../../routing/route';
import { messagesOf, TONES } from '../import/model';
import { FoundPeople } from '../people/found-people';
import { HistoryFilters } from './history-filters';
import { filtersOf, queryOf } from './filters';
import type { ListedImport } from './filters';
import { Lineage } from '../import/lineage';

interface HistoryScreenProps {
  query: Readonly<Record<string, string>>;
}

/** Fewer letters would find half of everybody. */
const SHORTEST_SEARCH = 2;

/** Every import, the newest first, and a search over files and people. */
export function HistoryScreen({ query }: HistoryScreenProps) {
  const filters = filtersOf(query);
  const { q = '' } = filters;
  const pages = usePages<ListedImport>(
    (after) => answerOf(api.GET('/v1/imports', { params: { query: queryOf(filters, after) } })),
    [JSON.stringify(filters)],
  );
  const isFiltered = Object.keys(filters).length > 0;
  const texts = t.history;
  return (
    <>
      <h1>{texts.title}</h1>
      <HistoryFilters filters={filters} onChange={(changed) => goTo(['history'], { ...changed })} />
      {q.length >= SHORTEST_SEARCH && <FoundPeople q={q} />}
      {isFiltered && <h2>{texts.imports}</h2>}
      <PagedList
        caption={texts.imports}
        columns={COLUMNS}
        pages={pages}
        keyOf={({ id }) => id}
        empty={isFiltered ? <NoneFits /> : <NoneYet />}
      />
    </>
  );
}

const COLUMNS: readonly ListColumn<ListedImport>[] = [
  { key: 'file', title: t.history.file, cell: (one) => <FileName importView={one} /> },
  {
    key: 'status',
    title: t.history.status,
    cell: ({ status }) => <Pill tone={TONES[status]}>{t.imports.status[status]}</Pill>,
  },
  { key: 'kind', title: t.history.kind, isExtra: true, cell: ({ kind }) => t.history.kinds[kind] },
  { key: 'people', title: t.history.lines, isNumber: true, cell: (one) => <Lines importView={one} /> },
  { key: 'messages', title: t.history.messages, isExtra: true, cell: (one) => <Messages importView={one} /> },
  { key: 'when', title: t.history.when, isExtra: true, cell: (one) => <When importView={one} /> },
];

const FileName = ({ importView: { id, fileName, source, corrects } }: { importView: ListedImport }) => (
  <div class="list-name">
    <a href={hrefOf(['imports', id])}>{source === 'by-hand' ? t.history.byHand : fileName}</a>
    {corrects !== null && <Lineage importId={id} label={t.history.corrects} />}
  </div>
);

const Lines = ({ importView: { lines, rows } }: { importView: ListedImport }) => (
  <>
    {formatNumber(lines)}
    {rows.rejected > 0 && <p class="small bad-text">{count(rows.rejected, t.history.rejected)}</p>}
  </>
);

function Messages({ importView }: { importView: ListedImport }) {
  const { sent, delivered, accepted, failed } = messagesOf(importView);
  if (sent + failed === 0) return <span class="quiet">–</span>;
  return (
    <>
      <p>{fill(t.history.messagesOf, { delivered, sent })}</p>
      <p class="small quiet">
        {accepted > 0 && count(accepted, t.history.acceptedCount)}{' '}
        {failed > 0 && <span class="bad-text">{count(failed, t.history.failed)}</span>}
      </p>
    </>
  );
}

const When = ({ importView: { createdAt, createdBy } }: { importView: ListedImport }) => (
  <>
    <time dateTime={createdAt}>{formatMoment(createdAt)}</time>
    {createdBy && <p class="small quiet">{fill(t.history.by, { name: createdBy.name ?? createdBy.kind })}</p>}
  </>
);

const NoneYet = () => (
  <Empty title={t.history.empty}>
    <p>{t.history.emptyText}</p>
    <a class="button primary" href={hrefOf([])}>
      {t.history.emptyAction}
    </a>
  </Empty>
);

const NoneFits = () => (
  <Empty title={t.history.none}>
    <p>{t.history.noneText}</p>
    <a class="button" href={hrefOf(['history'])}>
      {t.history.clear}
    </a>
  </Empty>
);
