import type { Role } from '../../store/documents';
import type { Stack } from './stack';

/** Fetches a file as a browser would: status, headers and bytes. */
export async function download(
  stack: Pick<Stack, 'url' | 'as'>,
  path: string,
  { role = 'systemAdministrator', method = 'GET' }: { role?: Role; method?: 'GET' | 'HEAD' } = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const headers = { Authorization: `Bearer ${stack.as(role).key}` };
  const response = await fetch(`${stack.url}${path}`, { method, headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
