import type { ComponentType } from 'preact';
import type { Place } from '../routing/route';
import { BatchScreen } from './batch/batch-screen';
import { DashboardScreen } from './dashboard/dashboard-screen';
import { HistoryScreen } from './history/history-screen';
import { ImportScreen } from './import/import-screen';
import { NothingHere } from './nothing-here';
import { PeopleScreen } from './people/people-screen';
import { SettingsScreen } from './settings/settings-screen';
import { TeamsScreen } from './teams/teams-screen';

/** Screens by the first word of their place, but the first one: they are a script of their own, for which it does not wait. */
export const OTHER_SCREENS: Readonly<Record<string, ComponentType<Place>>> = {
  imports: ({ path: [, id], query }) =>
    id === undefined ? <NothingHere /> : <ImportScreen key={id} id={id} query={query} />,
  batches: ({ path: [, id] }) => (id === undefined ? <NothingHere /> : <BatchScreen key={id} id={id} />),
  dashboard: DashboardScreen,
  history: HistoryScreen,
  people: PeopleScreen,
  teams: TeamsScreen,
  settings: ({ path: [, part], query }) => (
    <SettingsScreen key={JSON.stringify([part, query])} part={part} query={query} />
  ),
};
