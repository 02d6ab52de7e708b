import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer';

/** A browser sends these only where the person, and no foreign page, has named this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
/** A host name or address and, optionally, a port; an IPv6 address is in brackets. */
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d{0,5})?$/;

const REFUSAL: Answer = {
  status: 421,
  body: {
    errors: [
      'The sandbox shows messages without a key, so it answers only under localhost, 127.0.0.1 and [::1]. ' +
        'Use one of these, or name the host in SANDBOX_HOSTS (several with commas) and start the sandbox again.',
    ],
  },
};

/**
 * Refuses a request unless its `Host` header names this machine or one of `others`: messages and links are shown without a
 * key, and a foreign page whose name is pointed at 127.0.0.1 (DNS rebinding) could read them.
 *
 * @param others host names without a port, such as that of a container; compared without case.
 */
export function createHostGuard(others: readonly string[]): (req: IncomingMessage) => Answer | undefined {
  const allowed = new Set(others.map((name) => name.toLowerCase()));
  return (req) => {
    const name = HOST.exec(req.headers.host ?? '')?.[1]
      ?.toLowerCase()
      .replace(/\.$/, '');
    return name !== undefined && (LOOPBACK.test(name) || allowed.has(name)) ? undefined : REFUSAL;
  };
}
