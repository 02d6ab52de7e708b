import { Empty } from '../components/states';
import { t } from '../messages';
import type { Place } from '../routing/route';
import { BatchScreen } from './batch/batch-screen';
import { ImportScreen } from './import/import-screen';
import { UploadScreen } from './upload/upload-screen';

/** The screen of a place. */
export function Screen({ place: { path, query } }: { place: Place }) {
  const [section = 'upload', id] = path;
  if (section === 'upload') return <UploadScreen />;
  if (section === 'imports' && id !== undefined) return <ImportScreen key={id} id={id} query={query} />;
  if (section === 'batches' && id !== undefined) return <BatchScreen key={id} id={id} />;
  return (
    <Empty title={t.common.notFound.title}>
      <p>{t.common.notFound.text}</p>
    </Empty>
  );
}
