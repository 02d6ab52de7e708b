import { useEffect, useState } from 'preact/hooks';

/** As in the style sheets, where a table has no place for all of its columns, and where it has place for one. */
const WIDTHS = { narrow: '(max-width: 900px)', phone: '(max-width: 640px)' } as const;

/** Whether the window is as narrow as that. */
export function useNarrow(as: keyof typeof WIDTHS): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(WIDTHS[as]).matches);
  useEffect(() => {
    const query = matchMedia(WIDTHS[as]);
    const change = (): void => setIsNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return isNarrow;
}
