import { useRef, useState } from 'preact/hooks';
import { useEvents } from '../../api/use-events';
import { useLoad } from '../../api/use-load';
import { useReloadAfterCommand } from '../../api/use-reload-after-command';
import { Failure, Loading, Pending } from '../../components/states';
import { t } from '../../messages';
import { formatPercent } from '../../messages/format';
import { goTo } from '../../routing/route';
import { useTitle } from '../../shell/use-title';
import { SchedulePanel } from './schedule-panel';
import { ImportHead } from './import-head';
import { goesOn, loadImport } from './model';
import type { Import, Progress } from './model';
import { LookPanel } from './look/look-panel';
import { doneOf, ProgressPanel } from './progress-panel';
import { QuestionsPanel } from './questions/questions-panel';
import { ResultPanel } from './result/result-panel';
import { RowDrawer } from './row/row-drawer';
import { RowsPanel } from './rows/rows-panel';
import { useRows } from './rows/use-rows';

interface ImportScreenProps {
  id: string;
  query: Readonly<Record<string, string>>;
}

/** One import on one screen: what it asks, what it plans, how far it is, and what became of it. */
export function ImportScreen({ id, query }: ImportScreenProps) {
  const loaded = useLoad(() => loadImport(id), [id]);
  const { value: importView, error, reload } = loaded;
  if (importView) return <OpenImport importView={importView} show={loaded.show} reload={reload} query={query} />;
  return <Pending title={t.imports.title} error={error} retry={reload} />;
}

interface OpenImportProps {
  importView: Import;
  show: (importView: Import) => void;
  reload: () => void;
  query: Readonly<Record<string, string>>;
}

/** Of an address; nothing that is no line. */
const lineOf = (text = ''): number | undefined => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined);

function OpenImport({ importView, show, reload, query }: OpenImportProps) {
  const { id, status, questions } = importView;
  const isUnderWay = goesOn(status);
  // In the address, so that Back closes it and a reload opens it again.
  const openRow = lineOf(query['line']);
  const isOpenedHere = useRef(false);
  const openLine = (line: number): void => {
    isOpenedHere.current = true;
    goTo(['imports', id], { line: String(line) });
  };
  const closeRow = (): void => {
    if (isOpenedHere.current) history.back();
    else goTo(['imports', id]);
    isOpenedHere.current = false;
  };
  const { done, all } = doneOf(importView);
  const part = isUnderWay && all > 0 ? `${formatPercent(done / all)} ` : '';
  useTitle(part + t.imports.status[status]);
  const [only, setOnly] = useState<ReadonlySet<number> | undefined>();
  const asks = status === 'awaiting-approval' && questions.length > 0;
  const hasRows = status !== 'queued' && status !== 'planning' && importView.lines > 0;
  const rows = useRows(importView, hasRows);
  const connection = useEvents<Progress>(
    isUnderWay ? `/v1/imports/${id}/events` : undefined,
    (progress) => {
      show({ ...importView, ...progress });
      // What the events do not tell changes with the status, such as by whom it is paused.
      if (progress.status !== status) reload();
    },
    reload,
  );
  const changed = useReloadAfterCommand(() => {
    reload();
    rows.reload();
  });
  const lookOrResult =
    status === 'awaiting-approval' ? (
      <LookPanel importView={importView} rows={rows.value ?? []} onChanged={changed} />
    ) : (
      <ResultPanel
        importView={importView}
        rows={rows.value ?? []}
        onShowRows={setOnly}
        onOpen={openLine}
        onChanged={changed}
      />
    );
  return (
    <>
      <ImportHead importView={importView} onChanged={changed} />
      {connection === 'lost' && (
        <p class="notice" role="status">
          {t.imports.lost}
        </p>
      )}
      <SchedulePanel importView={importView} onChanged={changed} />
      {(isUnderWay || status === 'paused') && <ProgressPanel importView={importView} />}
      {asks && (
        <QuestionsPanel
          importView={importView}
          onAnswered={(answered) => {
            show(answered);
            rows.reload();
          }}
        />
      )}
      {(!asks || importView.plan !== null) && !(isUnderWay && !hasRows) && lookOrResult}
      {hasRows && rows.error !== undefined && <Failure error={rows.error} retry={rows.reload} />}
      {hasRows && !rows.value && rows.error === undefined && (
        <section aria-labelledby="rows">
          <h2 id="rows">{t.imports.result.rows}</h2>
          <Loading />
        </section>
      )}
      {hasRows && rows.value && (
        <RowsPanel
          importView={importView}
          rows={rows.value}
          isPart={rows.isPart}
          only={only}
          onShowAll={() => setOnly(undefined)}
          openRow={openRow}
          onOpen={openLine}
          onChanged={changed}
          onView={rows.onView}
        />
      )}
      {openRow !== undefined && (
        <RowDrawer importView={importView} line={openRow} onClose={closeRow} onChanged={changed} />
      )}
    </>
  );
}
