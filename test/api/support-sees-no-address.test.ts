import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import type { Role } from '../../store/documents';

/** Addresses and numbers of nobody, one in each place where a file can have one. */
const CANARIES = {
  email: 'canary.email@person.example',
  mobile: '+12035550142',
  broken: 'canary.broken@person..example',
  slipped: 'canary.slipped@person.example',
  company: 'canary.company@person.example',
  role: 'canary.role@person.example',
  header: 'canary.header@person.example',
  fileName: 'canary.file@person.example',
};
const AMBIGUOUS = '13123894213';
/** Parts that no masked form keeps. */
const SECRETS = [...Object.values(CANARIES).map((one) => one.split('@')[0]!), '2035550142', '3123894213'];

describe('Support sees no whole address or number', () => {
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    const rows = people(
      6,
      'support',
      (_, i) =>
        [
          { email: CANARIES.email, mobile: CANARIES.mobile },
          { email: CANARIES.broken },
          { firstName: CANARIES.slipped },
          { company: CANARIES.company, role: CANARIES.role },
          { mobile: AMBIGUOUS },
          { email: `'${CANARIES.email}` },
        ][i]!,
    );
    const csv = toCsv(rows).replace(/^(.*)$/m, `$1,${CANARIES.header}`);
    id = await stack.api.importId(csv, `${CANARIES.fileName}.csv`);
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());

  /** Everything of an answer: its status, its headers and its body. */
  async function read(
    role: Role,
    path: string,
    method = 'GET',
    body?: string,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(stack.url + path, {
      method,
      headers: { Authorization: `Bearer ${stack.as(role).key}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    const head = [...response.headers].map(([name, value]) => `${name}: ${decodeURIComponent(value)}`).join('\n');
    return { status: response.status, text: `${head}\n${await response.text()}` };
  }
  const seenIn = (text: string): string[] => SECRETS.filter((secret) => text.includes(secret));

  const ROUTES = (): [method: string, path: string, body?: string][] => [
    ['GET', '/v1/imports'],
    ['GET', `/v1/imports/${id}`],
    ['GET', `/v1/imports/${id}/rows`],
    ['GET', `/v1/imports/${id}/rows?status=rejected`],
    ...[2, 3, 4, 5, 6, 7].map((line): [string, string] => ['GET', `/v1/imports/${id}/rows/${line}`]),
    ...['family', 'given', CANARIES.email, CANARIES.mobile].map((q): [string, string] => [
      'GET',
      `/v1/people?q=${encodeURIComponent(q)}`,
    ]),
    ['GET', `/v1/imports/${id}/events`],
    ['GET', `/v1/imports/${id}/audit`],
    ['GET', `/v1/imports/${id}/report.csv`],
    ['GET', `/v1/imports/${id}/failed-rows.csv`],
    ['GET', '/v1/clients'],
    ['GET', '/v1/staff'],
    ['GET', '/v1/client-teams'],
    ['GET', '/v1/organisation'],
    ['GET', '/v1/templates/clients.csv'],
    ['GET', `/v1/imports/${encodeURIComponent(CANARIES.email)}`],
    ['GET', `/v1/imports?status=${encodeURIComponent(CANARIES.email)}`],
    ['GET', `/v1/${encodeURIComponent(CANARIES.email)}`],
    ['POST', `/v1/imports/${id}/retries`, JSON.stringify({ channels: [CANARIES.email] })],
    ['POST', `/v1/imports/${id}/retries`, JSON.stringify({ [CANARIES.email]: 1 })],
    ['PATCH', `/v1/imports/${id}/rows/3`, JSON.stringify({ email: CANARIES.broken })],
  ];

  test('in any answer of any route, also of errors', async () => {
    const leaks: unknown[] = [];
    for (const [method, path, body] of ROUTES()) {
      const { status, text } = await read('support', path, method, body);
      const seen = seenIn(text);
      if (seen.length > 0) leaks.push({ method, path, status, seen });
    }
    expect(leaks).toEqual([]);
  });

  test('though an administrator sees each of them', async () => {
    const texts = await Promise.all(
      [`/v1/imports/${id}`, `/v1/imports/${id}/rows`].map((path) => read('userAdministrator', path)),
    );
    // A header that is an address is named to nobody.
    const shown = SECRETS.filter((secret) => !CANARIES.header.startsWith(secret));
    expect(seenIn(texts.map(({ text }) => text).join('\n')).sort()).toEqual(shown.sort());
  });
});
