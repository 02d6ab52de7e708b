import { useEffect, useState } from 'preact/hooks';

export type Connection = 'live' | 'lost' | 'ended';

/**
 * Listens to a stream of server-sent events until it says that it has ended. A browser comes back by itself after a lost
 * connection or a sleep, with the id of the last event, and gets the state of now.
 */
export function useEvents<Data>(
  url: string | undefined,
  onProgress: (data: Data) => void,
  onEnd: () => void,
): Connection {
  const [connection, setConnection] = useState<Connection>('live');
  useEffect(() => {
    if (url === undefined) return undefined;
    const source = new EventSource(url);
    const hear = (event: MessageEvent<string>): void => {
      setConnection('live');
      onProgress(JSON.parse(event.data) as Data);
    };
    const end = (): void => {
      source.close();
      setConnection('ended');
      onEnd();
    };
    source.addEventListener('progress', hear);
    source.addEventListener('end', end);
    source.addEventListener('open', () => setConnection('live'));
    source.addEventListener('error', () => setConnection(source.readyState === EventSource.CLOSED ? 'ended' : 'lost'));
    return () => source.close();
  }, [url]);
  return connection;
}
