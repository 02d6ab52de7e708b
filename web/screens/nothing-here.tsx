import { Empty } from '../components/states';
import { t } from '../messages';

export const NothingHere = () => (
  <Empty isScreen title={t.common.notFound.title}>
    <p>{t.common.notFound.text}</p>
  </Empty>
);
