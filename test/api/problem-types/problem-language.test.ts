import { refusalInGerman } from '../../../api/problem-types/german/index';
import { API_PROBLEM_CODES } from '../../../api/problem-types/index';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';

const ENGLISH = 'This is not a usable e-mail address.';
const GERMAN = 'Das ist keine brauchbare E-Mail-Adresse.';

describe('The language in which problems are told', () => {
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
  ])('Of a row, for %s', async (_asked, headers, message) => {
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

  const ask = async (
    language: string,
    path: string,
    { key = stack.as('systemAdministrator').key, ...request }: RequestInit & { key?: string } = {},
  ) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Accept-Language': language };
    const response = await fetch(`${stack.url}${path}`, { ...request, headers });
    const { title, detail, code, errors } = (await response.json()) as {
      [name in 'title' | 'detail' | 'code']: string;
    } & { errors?: { detail: string }[] };
    return { title, detail, code, vary: response.headers.get('vary'), rules: errors?.map((error) => error.detail) };
  };
  const change = (body: object) => ({ method: 'PATCH', body: JSON.stringify(body) });

  test('A refused request is told in German, with what it means and what to do', async () => {
    const path = '/v1/imports/6c1f4a5e-0000-4000-8000-000000000000';
    expect(await ask('de', path)).toMatchObject({
      ...{ code: 'not-found', title: 'Nicht gefunden' },
      detail: 'Das gibt es in Ihrer Organisation nicht, oder nicht mehr.',
      vary: expect.stringContaining('Accept-Language') as string,
    });
    expect(await ask('en', path)).toMatchObject({
      title: 'Not found',
      detail: expect.stringMatching(/^There is no import "/) as string,
    });
  });

  test('Who has no valid key is told so in German', async () => {
    expect(await ask('de', '/v1/me', { key: 'ci_wrong' })).toMatchObject({ title: 'Kein gültiger Schlüssel' });
  });

  test('So is each invalid field, by its shape and by rules of its own', async () => {
    const wrong = { invitationDays: 0, waitingDays: 'many', language: 'Klingon', senderName: 'Harbour <b>', colour: 1 };
    const { title, rules } = await ask('de', '/v1/organisation', change(wrong));
    expect(title).toBe('Ungültige Angaben');
    expect(rules).toEqual(
      expect.arrayContaining([
        ...['Mindestens 1', 'Muss eine Zahl sein', 'Muss ein Sprachkürzel sein, etwa de oder fr-CH'],
        ...['Muss ein Name allein sein, ohne Adresse und ohne < > " @', 'Dieses Feld gibt es nicht'],
      ]),
    );
    const { rules: english } = await ask('en', '/v1/organisation', change(wrong));
    expect(english).toEqual(
      expect.arrayContaining(['Must be at least 1', 'Must be a language tag, such as de or fr-CH (BCP 47)']),
    );
  });

  test('Only what programs alone meet is told in English', () => {
    const untold = API_PROBLEM_CODES.filter((code) => !refusalInGerman(code));
    expect(untold.filter((code) => !/^(scim|endpoint)-/.test(code))).toEqual([
      ...['secrets-key-missing', 'too-many-endpoints', 'user-name-taken', 'version-outdated'],
    ]);
  });
});
