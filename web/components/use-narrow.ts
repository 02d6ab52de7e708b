import { useEffect, useState } from 'preact/hooks';

/** As in the style sheets, where a table has no place for all of its columns. */
const NARROW = '(max-width: 900px)';

/** Whether the window is too narrow for a table with many columns. */
export function useNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const change = (): void => setIsNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return isNarrow;
}
