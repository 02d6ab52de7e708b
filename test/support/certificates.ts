import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a certificate authority, a server at 127.0.0.1, a client, and a client whom the authority does not know. */
export interface Certificates {
  ca: string;
  server: { cert: string; key: string; both: string };
  client: { cert: string; key: string };
  stranger: { cert: string; key: string };
}

/** Made anew in `folder` by openssl; good for a day. */
export function makeCertificates(folder: string): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', at(`${name}.key`)];
  const authority = (name: string) =>
    openssl('req', '-x509', ...key(name), '-out', at(`${name}.crt`), '-days', '1', '-subj', `/CN=${name}`);
  authority('ca');
  authority('stranger');
  const issue = (name: string, extensions: string) => {
    openssl('req', ...key(name), '-out', at(`${name}.csr`), '-subj', `/O=test/CN=${name}`);
    writeFileSync(at(`${name}.ext`), extensions);
    const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '1'];
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...signed,
      '-extfile',
      at(`${name}.ext`),
      '-out',
      at(`${name}.crt`),
    );
    return { cert: at(`${name}.crt`), key: at(`${name}.key`) };
  };
  const server = issue('server', 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth');
  const both = at('server.pem');
  writeFileSync(both, execFileSync('cat', [server.cert, server.key]));
  return {
    ca: at('ca.crt'),
    server: { ...server, both },
    client: issue('client', 'extendedKeyUsage=clientAuth'),
    stranger: { cert: at('stranger.crt'), key: at('stranger.key') },
  };
}
