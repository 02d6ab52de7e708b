import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const ENGLISH = 'This is not a usable e-mail address.';
const GERMAN = 'Das ist keine brauchbare E-Mail-Adresse.';

describe('The language in which problems of rows are told', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false, outbox: false });
  });
  afterAll(() => stack.stop());

  test.each([
    ['nothing', {}, ENGLISH],
    ['any', { 'Accept-Language': '*' }, ENGLISH],
    ['German of Switzerland', { 'Accept-Language': 'de-CH, en;q=0.5' }, GERMAN],
    ['French, else German', { 'Accept-Language': 'fr, de;q=0.5' }, GERMAN],
    ['English before German', { 'Accept-Language': 'en, de;q=0.9' }, ENGLISH],
    ['French', { 'Accept-Language': 'fr' }, ENGLISH],
  ])('For %s', async (_asked, headers, message) => {
    const firstStaff = {
      firstName: 'Nora',
      lastName: 'Quist',
      email: 'nobody',
      mobile: '+447911123498',
      role: 'Staff',
    };
    const response = await fetch(`${stack.url}/v1/client-teams`, {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${stack.as('systemAdministrator').key}`, 'Content-Type': 'application/json' },
        ...headers,
      },
      body: JSON.stringify({ name: 'Harbour', firstStaff }),
    });
    const { problems } = (await response.json()) as { problems: { code: string; message: string }[] };
    expect(problems).toMatchObject([{ code: 'email.invalid', message }]);
    expect(response.headers.get('vary')).toContain('Accept-Language');
  });
});
