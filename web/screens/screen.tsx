import { Empty } from '../components/states';
import { t } from '../messages';
import type { Place } from '../routing/route';
import { BatchScreen } from './batch/batch-screen';
import { DashboardScreen } from './dashboard/dashboard-screen';
import { HistoryScreen } from './history/history-screen';
import { ImportScreen } from './import/import-screen';
import { PeopleScreen } from './people/people-screen';
import { SettingsScreen } from './settings/settings-screen';
import { TeamsScreen } from './teams/teams-screen';
import { UploadScreen } from './upload/upload-screen';

/** The screen of a place. */
export function Screen({ place: { path, query } }: { place: Place }) {
  const [section = 'upload', id] = path;
  if (section === 'upload') return <UploadScreen />;
  if (section === 'imports' && id !== undefined) return <ImportScreen key={id} id={id} query={query} />;
  if (section === 'batches' && id !== undefined) return <BatchScreen key={id} id={id} />;
  if (section === 'dashboard') return <DashboardScreen query={query} />;
  if (section === 'history') return <HistoryScreen query={query} />;
  if (section === 'people') return <PeopleScreen query={query} />;
  if (section === 'teams') return <TeamsScreen />;
  if (section === 'settings') return <SettingsScreen key={JSON.stringify([id, query])} part={id} query={query} />;
  return (
    <Empty title={t.common.notFound.title}>
      <p>{t.common.notFound.text}</p>
    </Empty>
  );
}
