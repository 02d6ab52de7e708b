import { groupBy } from '../../domain/group-by';
import type { FiguresOfImport, InvitationFigures } from '../../store/imports/figures';
import { FIGURES } from './dashboard-routes';

const DAY_MS = 86_400_000;
const MOST_IMPORTS_SHOWN = 10;

interface Team {
  id: string;
  name: string;
  activeStaff: boolean;
}

/** The first of these days, in UTC. */
export const startOf = (now: Date, days: number): Date =>
  new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS);

/** Figures of imports by day, by team and by import. */
export function sumFigures(
  found: readonly FiguresOfImport[],
  { since, days, teams }: { since: Date; days: number; teams: readonly Team[] },
) {
  const known = new Map<string | null, Team>(teams.map((team) => [team.id, team]));
  const byDay = groupBy(found, ({ createdAt }) => dayOf(createdAt));
  const byTeam = groupBy(found, ({ teamId }) => known.get(teamId));
  const byImport = groupBy(found, ({ importId }) => importId);
  return {
    since: since.toISOString(),
    total: sum(found),
    days: Array.from({ length: days }, (_, i) => dayOf(new Date(since.getTime() + i * DAY_MS))).map((day) => ({
      day,
      ...sum(byDay.get(day) ?? []),
    })),
    teams: [...byTeam]
      .map(([team, ofTeam]) => ({
        team: team ? { id: team.id, name: team.name } : null,
        ready: team?.activeStaff ?? false,
        ...sum(ofTeam),
      }))
      .filter((team) => team.invited + team.waiting > 0)
      .sort((one, other) => other.invited + other.waiting - (one.invited + one.waiting)),
    attention: [...byImport]
      .map(([id, ofImport]) => {
        const { fileName, createdAt } = ofImport[0]!;
        return { import: { id, fileName, createdAt: createdAt.toISOString() }, ...sum(ofImport) };
      })
      .filter((one) => troublesOf(one) > 0)
      .sort((one, other) => troublesOf(other) - troublesOf(one))
      .slice(0, MOST_IMPORTS_SHOWN),
  };
}

const troublesOf = ({ bounced, waiting, rejected }: InvitationFigures): number => bounced + waiting + rejected;

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

const sum = (found: readonly FiguresOfImport[]): InvitationFigures =>
  Object.fromEntries(
    FIGURES.map((figure) => [figure, found.reduce((total, { figures }) => total + figures[figure], 0)]),
  ) as unknown as InvitationFigures;
