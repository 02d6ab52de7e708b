import { useEffect, useRef, useState } from 'preact/hooks';
import { whileSignedIn } from './api';
import { whenAwake } from './when-awake';

export type Connection = 'live' | 'lost' | 'ended';

/** After a refusal, such as of a proxy whose server starts anew, a browser does not come back by itself. In milliseconds. */
const AGAIN_AFTER_MS = 3_000;
/** A request on a connection that has died unnoticed is never answered. In milliseconds. */
const OPENS_WITHIN_MS = 10_000;

/**
 * Listens to a stream of server-sent events until it says that it has ended. After a lost connection a browser comes back by itself
 * and gets the state of now; after a refusal and after a sleep, in which the connection may have died unnoticed, it is made to.
 * `onChange` is for what the events do not tell: that they have ended, or that they were refused.
 */
export function useEvents<Data>(
  url: string | undefined,
  onProgress: (data: Data) => void,
  onChange: () => void,
): Connection {
  const [connection, setConnection] = useState<Connection>('live');
  // The stream outlives the rendering that opened it; what it tells goes to the handlers of the newest one.
  const handlers = useRef({ onProgress, onChange });
  handlers.current = { onProgress, onChange };
  useEffect(() => {
    if (url === undefined) return undefined;
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let forgetWait: () => void = () => undefined;
    const open = (): void => {
      source = new EventSource(url);
      again = setTimeout(reopen, OPENS_WITHIN_MS);
      source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
        setConnection('live');
        handlers.current.onProgress(JSON.parse(data) as Data);
      });
      source.addEventListener('end', () => {
        stop();
        setConnection('ended');
        handlers.current.onChange();
      });
      source.addEventListener('open', () => {
        clearTimeout(again);
        setConnection('live');
      });
      source.addEventListener('error', () => {
        setConnection('lost');
        if (source.readyState !== EventSource.CLOSED) return;
        handlers.current.onChange();
        clearTimeout(again);
        again = setTimeout(reopen, AGAIN_AFTER_MS);
      });
    };
    const close = (): void => {
      clearTimeout(again);
      source.close();
    };
    const reopen = (): void => {
      close();
      forgetWait();
      forgetWait = whileSignedIn(open);
    };
    const forget = whenAwake(reopen);
    const stop = (): void => {
      forget();
      forgetWait();
      close();
    };
    open();
    return stop;
  }, [url]);
  return connection;
}
