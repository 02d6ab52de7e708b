import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { useLoad } from '../../api/use-load';
import { Dialog } from '../../components/dialog';
import { ListTable } from '../../components/list-table';
import { Failure, Loading } from '../../components/states';
import { t } from '../../messages';
import { fill, formatMoment, formatNumber } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { loadImport } from './model';

type Pass = Schemas['Union']['passes'][number];

/** Opens all files that correct each other, of which an import is one. */
export function Lineage({ importId, label }: { importId: string; label: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p class="small">
        <button type="button" class="plain small" onClick={() => setIsOpen(true)}>
          {label}
        </button>
      </p>
      {isOpen && (
        <Dialog title={t.history.lineage.title} onClose={() => setIsOpen(false)} isDrawer>
          <LineageOf importId={importId} />
        </Dialog>
      )}
    </>
  );
}

function LineageOf({ importId }: { importId: string }) {
  const { value, error, reload } = useLoad(() => loadImport(importId), [importId]);
  if (!value) return error === undefined ? <Loading /> : <Failure error={error} retry={reload} />;
  const { union } = value;
  if (!union) return <p>{t.history.corrects}</p>;
  const texts = t.history.lineage;
  const { done, lines, waiting, open } = union;
  return (
    <>
      <p>{fill(texts.sum, { done, lines, waiting, open })}</p>
      <ListTable<Pass>
        caption={texts.title}
        items={union.passes}
        keyOf={(pass) => pass.importId}
        columns={[
          {
            key: 'file',
            title: texts.file,
            cell: (pass) => (
              <>
                <a href={hrefOf(['imports', pass.importId])}>{pass.fileName}</a>
                <p class="small quiet">{formatMoment(pass.createdAt)}</p>
              </>
            ),
          },
          { key: 'lines', title: t.history.lines, isNumber: true, cell: (pass) => formatNumber(pass.lines) },
          { key: 'done', title: texts.done, isNumber: true, cell: (pass) => formatNumber(pass.done) },
        ]}
      />
    </>
  );
}
