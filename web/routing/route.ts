import { useEffect, useState } from 'preact/hooks';

/**
 * Places of the page stand behind the `#`: they cannot clash with a route of the API, one file serves them all, and no server or
 * proxy on the way writes them into a log.
 */
export interface Place {
  /** Its words, such as `['imports', ID]`. */
  path: readonly string[];
  query: Readonly<Record<string, string>>;
}

/** An address that was mistyped, or cut by a mail program, leads nowhere; it does not stop the page. */
function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return {
    path: path
      .split('/')
      .filter((word) => word !== '')
      .map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The address of a place, for links. A query without a value is left out. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  const set = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  const search = new URLSearchParams(set).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`;
}

export const goTo = (path: readonly string[], query?: Readonly<Record<string, string | undefined>>): void => {
  location.hash = hrefOf(path, query);
};

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const move = (): void => setPlace(placeOf(location.hash));
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  return place;
}
