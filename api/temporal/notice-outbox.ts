import { isNoticed } from '../../contract/notices/notices';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { NewNotice } from '../../store/notices/notices';
import { drain } from './drain';
import type { ImportService } from './import-service';

export interface NoticeOutboxDeps {
  store: Pick<Store, 'notices'>;
  service: Pick<ImportService, 'sendNotice'>;
}

/** The notice of an import that has come to rest: of its newest status alone, since those before it are over. */
export function noticesOf({ _id: importId, organisationId, notify, unannounced = [] }: ImportDoc): NewNotice[] {
  const news = unannounced.at(-1);
  if (!notify || !news || !isNoticed(news.status)) return [];
  const { status, sequence } = news;
  return [{ importId, organisationId, status, sequence, to: notify.email, language: notify.language }];
}

/** Starts a workflow for each notice that has none. */
export const startNotices = ({ store: { notices }, service }: NoticeOutboxDeps): Promise<void> =>
  drain(notices.takeStart, async (notice) => {
    await service.sendNotice(notice);
    await notices.markStarted(notice);
  });
