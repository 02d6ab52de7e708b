import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { createApiCaller } from '../support/api-caller';

describe('Who may do what', () => {
  let stack: Stack;
  let importId: string;
  beforeAll(async () => {
    stack = await startStack();
    importId = await stack.api.importId(
      toCsv(
        people(4, 'access', (_, i) =>
          i === 1
            ? { email: 'broken@', mobile: '+33123' }
            : i === 2
              ? { firstName: 'slipped@example.com', company: '+447700900123', email: '' }
              : {},
        ),
      ),
    );
    await stack.api.rest(importId);
  });
  afterAll(() => stack.stop());

  const ROUTES: [method: string, path: string][] = [
    ['POST', '/v1/imports'],
    ['GET', '/v1/imports'],
    ['GET', '/v1/imports/:id'],
    ['GET', '/v1/imports/:id/rows'],
    ['GET', '/v1/imports/:id/events'],
    ['POST', '/v1/imports/:id/retries'],
    ['POST', '/v1/imports/:id/choices'],
  ];

  test.each(ROUTES)(
    'When %s %s comes without a valid key, then it is refused and told where keys are',
    async (method, path) => {
      for (const key of ['', 'ci_this-is-not-a-key-of-anybody-00000']) {
        const answer = await createApiCaller(stack.url, key).call<{ code: string; detail: string; requestId: string }>(
          method,
          path.replace(':id', importId),
        );
        expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorised' } });
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(answer.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  );

  test('When support looks at rows, then addresses are masked and everything else is there', async () => {
    const [asSupport, asAdministrator] = [
      await stack.as('support').rows(importId),
      await stack.as('userAdministrator').rows(importId),
    ];
    const written = JSON.stringify(asSupport);
    for (const { person } of asAdministrator) {
      if (person.email) expect(written).not.toContain(person.email);
      expect(written).not.toContain(person.mobile);
    }
    expect(asSupport.map(({ row, status, problems }) => [row, status, problems.map(({ code }) => code)])).toEqual(
      asAdministrator.map(({ row, status, problems }) => [row, status, problems.map(({ code }) => code)]),
    );
    for (const slipped of ['slipped@example.com', '+447700900123']) {
      expect(JSON.stringify(asAdministrator)).toContain(slipped);
      expect(written).not.toContain(slipped);
    }
    expect(asSupport[0]!.person).toMatchObject({ firstName: 'Given0' });
  });

  test('When support uploads, then it is forbidden; when support retries, then it is not', async () => {
    const support = stack.as('support');
    expect(await support.upload({ name: 'a.csv', content: toCsv(people(1, 'no')) })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await support.retry(importId)).toMatchObject({ status: 409, body: { code: 'nothing-to-retry' } });
  });

  test('When another organisation asks for an import, then it does not exist for it', async () => {
    const key = 'ci_key-of-another-organisation-000000';
    await stack.store.apiKeys.save(key, 'another', 'systemAdministrator');
    const other = createApiCaller(stack.url, key);
    const unknown = await other.get(`/v1/imports/${crypto.randomUUID()}`);
    for (const path of ['', '/rows', '/events'])
      expect((await other.get(`/v1/imports/${importId}${path}`)).status).toBe(404);
    expect((await other.retry(importId)).status).toBe(404);
    expect(unknown.status).toBe(404);
    expect((await other.get<{ data: unknown[] }>('/v1/imports')).body.data).toEqual([]);
  });
});
