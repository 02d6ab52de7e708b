import type { Schemas } from '../../../client';
import { ListTable } from '../../components/list-table';
import { t } from '../../messages';
import { fill, formatDay, formatNumber } from '../../messages/format';
import { ticksOf } from './ticks';

type Day = Schemas['Dashboard']['days'][number];

/** Drawn one behind the other: who has accepted was delivered to, and who was delivered to was invited. */
const SERIES = ['invited', 'delivered', 'accepted'] as const;

/** Of the drawing, in its own units. It is stretched to the width of the screen, and its texts stand beside it. */
const WIDTH = 1000;
const HEIGHT = 220;
/** The part of a day's width that its bar takes. */
const BAR_SHARE = 0.72;

/** Bars by day, with the same figures as a table for those who want to read them. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const texts = t.dashboard;
  const ticks = ticksOf(Math.max(...days.map(({ invited }) => invited)));
  const top = ticks.at(-1)!;
  const step = WIDTH / days.length;
  return (
    <section class="panel" aria-labelledby="by-day">
      <div class="panel-line">
        <h2 id="by-day">{texts.byDay}</h2>
        <Legend />
      </div>
      <div class="chart">
        <div class="chart-scale" aria-hidden="true">
          {ticks.toReversed().map((tick) => (
            <span key={tick}>{formatNumber(tick)}</span>
          ))}
        </div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={texts.chart}>
          {ticks.map((tick) => {
            const y = HEIGHT - (HEIGHT * tick) / top;
            return <line key={tick} class="chart-line" x1={0} x2={WIDTH} y1={y} y2={y} />;
          })}
          {days.map((day, i) => (
            <g key={day.day}>
              <title>{labelOf(day)}</title>
              {SERIES.map((figure) => {
                const height = (HEIGHT * day[figure]) / top;
                return (
                  <rect
                    key={figure}
                    class={`series-${figure}`}
                    x={i * step + (step * (1 - BAR_SHARE)) / 2}
                    width={step * BAR_SHARE}
                    y={HEIGHT - height}
                    height={height}
                  />
                );
              })}
            </g>
          ))}
        </svg>
        <div class="chart-days small quiet" aria-hidden="true">
          <span>{formatDay(days[0]!.day)}</span>
          <span>{formatDay(days.at(-1)!.day)}</span>
        </div>
      </div>
      <details>
        <summary>{texts.table}</summary>
        <ListTable<Day>
          caption={texts.byDay}
          items={days.filter(({ invited, waiting, rejected }) => invited + waiting + rejected > 0)}
          keyOf={({ day }) => day}
          columns={[
            { key: 'day', title: texts.day, cell: ({ day }) => formatDay(day) },
            ...([...SERIES, 'bounced', 'unreached', 'waiting', 'rejected'] as const).map((figure) => ({
              key: figure,
              title: texts.figures[figure],
              isNumber: true,
              isExtra: !(SERIES as readonly string[]).includes(figure),
              cell: (day: Day) => formatNumber(day[figure]),
            })),
          ]}
        />
      </details>
    </section>
  );
}

const labelOf = ({ day, invited, delivered, accepted }: Day): string =>
  fill(t.dashboard.dayFigures, { day: formatDay(day), invited, delivered, accepted });

export const Legend = () => (
  <ul class="legend small">
    {SERIES.map((figure) => (
      <li key={figure}>
        <span class={`legend-sign series-${figure}`} aria-hidden="true" /> {t.dashboard.figures[figure]}
      </li>
    ))}
  </ul>
);
