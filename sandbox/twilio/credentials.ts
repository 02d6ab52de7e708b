import type { IncomingHttpHeaders } from 'node:http';

/** The credentials of a request; both are `''` if they are incomplete. */
export function credentialsOf(headers: IncomingHttpHeaders): { account: string; authToken: string } {
  const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ');
  const [account, authToken] = Buffer.from(credentials, 'base64').toString('utf8').split(/:(.*)/s);
  return scheme === 'Basic' && account && authToken ? { account, authToken } : { account: '', authToken: '' };
}
