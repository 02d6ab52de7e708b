import type { Response } from 'express';
import type { Logger } from '../../platform/logger';
import type { Store } from '../../store/index';
import type { Credential } from './caller';
import { whenClosed } from '../when-closed';

/** Those of these credentials that have ended: by their time, or because their key was revoked or rotated. */
export async function endedAmong(
  { apiKeys }: Pick<Store, 'apiKeys'>,
  credentials: readonly Credential[],
): Promise<Set<Credential>> {
  const hashes = new Set(credentials.flatMap(({ hash }) => hash ?? []));
  const ended = new Set(hashes.size > 0 ? await apiKeys.ended([...hashes]) : []);
  const now = new Date();
  return new Set(
    credentials.filter(
      ({ hash, expiresAt }) => (hash !== undefined && ended.has(hash)) || (expiresAt && expiresAt <= now),
    ),
  );
}

/** Within this time of its end a key is refused everywhere, also by requests that began before. In milliseconds. */
const CHECK_EVERY_MS = 400;

/**
 * Ends the requests that are still open when their key or token ends, such as event streams: these were let in once and would go on
 * for as long as their import runs. Asks the database only while a request is open for longer than one look.
 */
export type OpenRequests = ReturnType<typeof createOpenRequests>;

export function createOpenRequests(store: Pick<Store, 'apiKeys'>, log: Logger) {
  const open = new Map<Response, Credential>();
  let seen = new Set<Response>();
  let timer: NodeJS.Timeout | undefined;

  async function endSome(): Promise<void> {
    const long = [...open].filter(([response]) => seen.has(response));
    seen = new Set(open.keys());
    const ended = await endedAmong(
      store,
      long.map(([, credential]) => credential),
    );
    for (const [response, credential] of long) if (ended.has(credential)) response.destroy();
  }

  function checkLater(): void {
    if (timer || open.size === 0) return;
    timer = setTimeout(() => {
      void endSome()
        .catch((error: unknown) => log.warn({ err: error }, 'open requests were not checked'))
        .finally(() => {
          timer = undefined;
          checkLater();
        });
    }, CHECK_EVERY_MS).unref();
  }

  return {
    add(response: Response, credential: Credential): void {
      open.set(response, credential);
      whenClosed(response, () => {
        open.delete(response);
        seen.delete(response);
      });
      checkLater();
    },
  };
}
