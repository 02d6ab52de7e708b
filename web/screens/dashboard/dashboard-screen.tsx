import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { useLoad } from '../../api/use-load';
import { FormField } from '../../components/form-field';
import { Empty, Failure, Loading } from '../../components/states';
import { t } from '../../messages';
import { fill, formatNumber, formatPercent } from '../../messages/format';
import { goTo, hrefOf } from '../../routing/route';
import { DayChart } from './day-chart';
import { TeamBars } from './team-bars';
import { Unreached } from './unreached';
import { WaitsForYou } from './waits-for-you';

type Dashboard = Schemas['Dashboard'];
type Days = '7' | '28' | '84';

const WINDOWS = ['7', '28', '84'] as const;
const FIGURES = ['invited', 'delivered', 'accepted', 'bounced', 'unreached', 'waiting', 'rejected'] as const;
const RATED = new Set<(typeof FIGURES)[number]>(['delivered', 'accepted']);
const BAD = new Set<(typeof FIGURES)[number]>(['bounced', 'unreached', 'rejected']);

const load = (days: Days): Promise<Dashboard> => answerOf(api.GET('/v1/dashboard', { params: { query: { days } } }));

/** How the invitations go: for a first look on Monday morning. */
export function DashboardScreen({ query }: { query: Readonly<Record<string, string>> }) {
  const days = WINDOWS.find((window) => window === query['days']) ?? '28';
  const { value, error, reload } = useLoad(() => load(days), [days]);
  const texts = t.dashboard;
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <FormField id="dashboard-days" label={texts.window}>
          <select value={days} onChange={({ currentTarget }) => goTo(['dashboard'], { days: currentTarget.value })}>
            {WINDOWS.map((window) => (
              <option key={window} value={window}>
                {texts.days[window]}
              </option>
            ))}
          </select>
        </FormField>
      </div>
      {!value && (error === undefined ? <Loading /> : <Failure error={error} retry={reload} />)}
      {value && <Figures dashboard={value} />}
    </>
  );
}

function Figures({ dashboard }: { dashboard: Dashboard }) {
  const { total, days, teams, attention, complete } = dashboard;
  const texts = t.dashboard;
  const isEmpty = FIGURES.every((figure) => total[figure] === 0);
  return (
    <>
      {!complete && <p class="notice notice-warn">{texts.incomplete}</p>}
      {isEmpty ? (
        <Empty title={texts.empty}>
          <p>{texts.emptyText}</p>
          <a class="button primary" href={hrefOf([])}>
            {t.history.emptyAction}
          </a>
        </Empty>
      ) : (
        <>
          <dl class="figures">
            {FIGURES.map((figure) => (
              <div key={figure} class={BAD.has(figure) && total[figure] > 0 ? 'figure figure-bad' : 'figure'}>
                <dt>
                  {texts.figures[figure]}
                  {RATED.has(figure) && total.invited > 0 && (
                    <span class="figure-rate">
                      {fill(texts.rate, { part: formatPercent(total[figure] / total.invited) })}
                    </span>
                  )}
                </dt>
                <dd>{formatNumber(total[figure])}</dd>
              </div>
            ))}
          </dl>
          <DayChart days={days} />
          <TeamBars teams={teams} />
        </>
      )}
      <div class="halves">
        <Unreached imports={attention} />
        <WaitsForYou />
      </div>
    </>
  );
}
