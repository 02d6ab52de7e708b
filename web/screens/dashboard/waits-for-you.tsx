import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { useLoad } from '../../api/use-load';
import { Pill } from '../../components/pill';
import { Failure, Loading } from '../../components/states';
import { t } from '../../messages';
import { formatMoment } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { TONES } from '../import/model';

type ListedImport = Schemas['ImportSummary'];

/** In these an import rests until somebody does something, the most urgent first. */
const STATUSES = ['needs-attention', 'awaiting-approval', 'paused', 'waiting'] as const;
const MOST_OF_EACH = 5;

async function load(): Promise<ListedImport[]> {
  const pages = await Promise.all(
    STATUSES.map((status) => answerOf(api.GET('/v1/imports', { params: { query: { status, limit: MOST_OF_EACH } } }))),
  );
  return pages.flatMap(({ data }) => data);
}

/** The imports that do not go on by themselves. */
export function WaitsForYou() {
  const { value, error, reload } = useLoad(load, []);
  const texts = t.dashboard;
  return (
    <section aria-labelledby="waits">
      <h2 id="waits">{texts.waits}</h2>
      {!value && (error === undefined ? <Loading /> : <Failure error={error} retry={reload} />)}
      {value?.length === 0 && <p class="quiet">{texts.waitsNone}</p>}
      <ul class="sub-list">
        {value?.map(({ id, fileName, status, createdAt }) => (
          <li key={id} class="waits-for-you">
            <a href={hrefOf(['imports', id])}>{fileName}</a>
            <Pill tone={TONES[status]}>{t.imports.status[status]}</Pill>
            <span class="small quiet">{formatMoment(createdAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
