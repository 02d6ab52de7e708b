import { useEffect } from 'preact/hooks';
import { t } from '../messages';

/** Names the window while it is shown. Browsers keep that in their history, so it names no file and no person. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    const before = document.title;
    document.title = title === undefined ? t.common.product : `${title} – ${t.common.product}`;
    return () => void (document.title = before);
  }, [title]);
}
