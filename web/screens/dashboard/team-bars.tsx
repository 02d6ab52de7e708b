import type { Schemas } from '../../../client';
import { ListTable } from '../../components/list-table';
import { Pill } from '../../components/pill';
import { t } from '../../messages';
import { formatNumber } from '../../messages/format';
import { hrefOf } from '../../routing/route';

type Team = Schemas['Dashboard']['teams'][number];

const SERIES = ['invited', 'delivered', 'accepted'] as const;
const BAR_WIDTH = 100;

/** Each team with its bar and its figures, the largest first. */
export function TeamBars({ teams }: { teams: readonly Team[] }) {
  if (teams.length === 0) return null;
  const texts = t.dashboard;
  const most = Math.max(1, ...teams.map(({ invited }) => invited));
  return (
    <section class="panel" aria-labelledby="by-team">
      <h2 id="by-team">{texts.byTeam}</h2>
      <ListTable<Team>
        caption={texts.byTeam}
        items={teams}
        keyOf={({ team }) => team?.id ?? ''}
        columns={[
          {
            key: 'team',
            title: texts.team,
            cell: ({ team, ready }) => (
              <div class="list-name">
                {team ? <a href={hrefOf(['people'], { team: team.id })}>{team.name}</a> : texts.noTeam}
                {team && !ready && (
                  <p>
                    <Pill tone="warn">{texts.notReady}</Pill>
                  </p>
                )}
              </div>
            ),
          },
          {
            key: 'bar',
            title: texts.bar,
            isTitleHidden: true,
            isExtra: true,
            cell: (team) => (
              <svg class="team-bar" viewBox={`0 0 ${BAR_WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
                {SERIES.map((figure) => (
                  <rect key={figure} class={`series-${figure}`} width={(BAR_WIDTH * team[figure]) / most} height={10} />
                ))}
              </svg>
            ),
          },
          ...([...SERIES, 'bounced', 'unreached', 'waiting'] as const).map((figure) => ({
            key: figure,
            title: texts.figures[figure],
            isNumber: true,
            isExtra: figure === 'bounced' || figure === 'unreached' || figure === 'waiting',
            cell: (team: Team) => formatNumber(team[figure]),
          })),
        ]}
      />
    </section>
  );
}
