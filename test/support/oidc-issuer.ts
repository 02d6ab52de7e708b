import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../local/servers/ports';

/** What a client gets into its tokens. */
export type Claims = Record<string, unknown>;
export type SigningKey = JsonWebKey & { kid: string; alg: string };

export const createSigningKey = (kid: string, alg: 'RS256' | 'ES256' = 'RS256'): SigningKey => {
  const { privateKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), ...{ kid, alg, use: 'sig' } };
};

const SECRET = 's'.repeat(40);

/** The page as a client of the provider. */
export interface PageClient {
  id: string;
  /** Absent for a public client. */
  secret?: string;
  redirectUris: string[];
  /** The claims of whoever signs in under a name. */
  people: Record<string, Claims>;
  /** Where the claims of a person are; `userinfo` as most providers have it by default. */
  claimsIn: 'id-token' | 'userinfo';
}

/**
 * Starts a real OpenID provider on a free port, which signs by the first key. `clients` are the claims by the id of each client. To a
 * browser `localhost` is another site than the API, whose address is a number.
 */
export async function startIssuer(
  resource: string,
  clients: Record<string, Claims>,
  keys: SigningKey[],
  { page, host = '127.0.0.1' }: { page?: PageClient; host?: '127.0.0.1' | 'localhost' } = {},
) {
  const port = await freePort();
  const issuer = `http://${host}:${port}`;
  let child = await run(keys);

  async function run(signingKeys: SigningKey[]): Promise<ChildProcess> {
    const options = {
      ...{ port, host, resource, page, jwks: { keys: signingKeys } },
      clients: Object.entries(clients).map(([id, claims]) => ({ id, claims, secret: SECRET })),
    };
    const started = spawn(process.execPath, [join(__dirname, 'run-oidc-issuer.mjs'), JSON.stringify(options)], {
      // The channel ends with this process, and the issuer with it.
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    await once(started.stdout!, 'data');
    return started;
  }

  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  }

  return {
    issuer,
    stop,
    /** Runs again after a stop. */
    async resume(): Promise<void> {
      child = await run(keys);
    },
    /** Signs with another key from then on, and withdraws those before. */
    async changeKey(signingKey: SigningKey): Promise<void> {
      await stop();
      child = await run([signingKey]);
    },
    /** An access token by the grant for programs. */
    async token(clientId: string): Promise<string> {
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${SECRET}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
      });
      const { access_token: token } = (await answer.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`The issuer answered ${answer.status}`);
      return token;
    },
  };
}
