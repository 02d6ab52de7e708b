import type { Schemas } from '../../../client';
import { ListTable } from '../../components/list-table';
import { Pill } from '../../components/pill';
import { t } from '../../messages';
import { formatDay, formatNumber } from '../../messages/format';
import { hrefOf } from '../../routing/route';

type ImportFigures = Schemas['Dashboard']['attention'][number];

/** The imports with people who were not reached, who wait, or whose line was refused. */
export function Unreached({ imports }: { imports: readonly ImportFigures[] }) {
  const texts = t.dashboard;
  return (
    <section aria-labelledby="unreached">
      <h2 id="unreached">{texts.bounced}</h2>
      {imports.length === 0 ? (
        <p class="quiet">{texts.bouncedNone}</p>
      ) : (
        <ListTable<ImportFigures>
          caption={texts.bounced}
          items={imports}
          keyOf={(one) => one.import.id}
          columns={[
            {
              key: 'file',
              title: texts.file,
              cell: (one) => (
                <div class="list-name">
                  <a href={hrefOf(['imports', one.import.id])}>{one.import.fileName}</a>
                  <p class="small quiet">{formatDay(one.import.createdAt)}</p>
                </div>
              ),
            },
            { key: 'problems', title: texts.problems, cell: (one) => <Troubles figures={one} /> },
          ]}
        />
      )}
    </section>
  );
}

const Troubles = ({ figures }: { figures: ImportFigures }) => (
  <span class="pills">
    {(['bounced', 'unreached', 'waiting', 'rejected'] as const).map(
      (figure) =>
        figures[figure] > 0 && (
          <Pill key={figure} tone={figure === 'waiting' ? 'warn' : 'bad'}>
            {formatNumber(figures[figure])} {t.dashboard.figures[figure]}
          </Pill>
        ),
    )}
  </span>
);
