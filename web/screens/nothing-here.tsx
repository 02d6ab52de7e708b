import { Empty } from '../components/states';
import { t } from '../messages';

export const NothingHere = () => (
  <Empty title={t.common.notFound.title}>
    <p>{t.common.notFound.text}</p>
  </Empty>
);
