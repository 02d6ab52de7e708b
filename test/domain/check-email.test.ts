import { checkRows, emailKeysOf } from '../../domain/check-rows';
import type { EmailUse } from '../../domain/check-rows';
import { emailKey } from '../../domain/email-key';
import { checkOne, codesOf, contextWith, tableWith } from './files';

describe('E-mail addresses', () => {
  it.each([
    'ann@example.com',
    'Ann.LEE+import@Example.COM',
    'a&b@example.co',
    "o'neill@example.org",
    'ann@münchen.example.de',
    'ann@例え.テスト',
    'a@b.co',
    `${'a'.repeat(64)}@example.com`,
  ])('When it is %s, then it is accepted and kept as typed', (email) => {
    expect(checkOne({ email })).toMatchObject({
      client: { email, emailKey: emailKey(email) },
      problems: [],
      repairs: [],
    });
  });

  it('When there are spaces around it, then they are taken off, which is a repair', () => {
    const { client, repairs } = checkOne({ email: ' Ann@example.com\u00a0' });
    expect(client?.email).toBe('Ann@example.com');
    expect(repairs).toEqual([{ column: 'Email', before: ' Ann@example.com\u00a0', after: 'Ann@example.com' }]);
  });

  it.each([
    ['', 'email.missing'],
    ['  ', 'email.missing'],
    ['ann', 'email.invalid'],
    ['ann@', 'email.invalid'],
    ['@example.com', 'email.invalid'],
    ['ann@example', 'email.invalid'],
    ['a..b@example.com', 'email.invalid'],
    ['.a@example.com', 'email.invalid'],
    ['ann lee@example.com', 'email.invalid'],
    ['ann@exam ple.com', 'email.invalid'],
    ['ann@b-.com', 'email.invalid'],
    ['ann@example.com, bob@example.com', 'email.invalid'],
    ['ann@example.com;bob@example.com', 'email.invalid'],
    ['Ann Lee <ann@example.com>', 'email.invalid'],
    ['mailto:ann@example.com', 'email.invalid'],
    ['jürgen@example.com', 'email.invalid'],
    ['"ann lee"@example.com', 'email.invalid'],
    ['"ann"@example.com', 'email.invalid'],
    ['ann@exam\u200bple.com', 'email.invalid'],
    ['ann@example.com\nBcc: bob@example.com', 'email.invalid'],
    ['ann@ex%61mple.com', 'email.invalid'],
    ['ann@127.0.0.1', 'email.invalid'],
    [`${'a'.repeat(65)}@example.com`, 'email.invalid'],
    [`a@${'b'.repeat(64)}.com`, 'email.invalid'],
    [`a@${'ü'.repeat(60)}.com`, 'email.invalid'],
    [`a@${'b.'.repeat(200)}com`, 'email.invalid'],
  ])('When it is %j, then the code is %s', (email, code) => {
    expect(checkOne({ email })).toMatchObject({ client: null, problems: [{ code, column: 'Email', letter: 'C' }] });
  });

  it.each([
    ['Ann@Example.COM', 'ann@example.com'],
    ['ann@MÜNCHEN.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['no address', 'no address'],
  ])('When addresses are compared, then %s counts as %s', (address, key) => {
    expect(emailKey(address)).toBe(key);
  });
});

describe('E-mail addresses that are taken', () => {
  it('When an address comes again in the file, then each later row names the first one, which stays good', () => {
    const table = tableWith({ email: 'ann@münchen.example' }, {}, { email: 'ANN@xn--mnchen-3ya.example' }, {}, {});
    const rows = checkRows(table, contextWith());
    expect(rows.map(({ client }) => client !== null)).toEqual([true, true, false, false, false]);
    expect(rows[2]!.problems).toMatchObject([{ code: 'email.duplicate-in-file', details: { firstLine: 2 } }]);
    for (const row of rows.slice(3)) {
      expect(row.problems).toMatchObject([{ code: 'email.duplicate-in-file', details: { firstLine: 3 } }]);
    }
  });

  it('When the first row with an address has other faults, then the later one still names it', () => {
    const rows = checkRows(tableWith({ lastName: '' }, {}), contextWith());
    expect(rows.map(({ problems }) => codesOf(problems))).toEqual([['last-name.missing'], ['email.duplicate-in-file']]);
  });

  it('When an invalid address comes twice, then it is invalid twice and no duplicate', () => {
    const rows = checkRows(tableWith({ email: 'ann' }, { email: 'ann' }), contextWith());
    expect(rows.flatMap(({ problems }) => codesOf(problems))).toEqual(['email.invalid', 'email.invalid']);
  });

  it.each<[string, EmailUse, Record<string, string | number>]>([
    [
      'all is known',
      { importId: 'i1', line: 7, since: '2026-03-01' },
      { importId: 'i1', line: 7, since: '2026-03-01' },
    ],
    ['only the day is known', { importId: null, line: null, since: '2026-03-01' }, { since: '2026-03-01' }],
    ['nothing is known', { importId: null, line: null, since: null }, {}],
  ])('When a client has the address already and %s, then the problem says what is known', (_, use, details) => {
    const usedEmails = new Map([['ann@example.com', use]]);
    const { client, problems } = checkOne({ email: 'Ann@Example.com' }, { usedEmails });
    expect(client).toBeNull();
    expect(problems).toMatchObject([{ code: 'email.already-used', value: 'Ann@Example.com' }]);
    expect(problems[0]!.details).toEqual(details);
  });

  it('When a member of staff has the address, then it is refused as theirs', () => {
    const { client, problems } = checkOne({}, { staffEmails: new Set(['ann.lee@example.com']) });
    expect(client).toBeNull();
    expect(codesOf(problems)).toEqual(['email.is-staff']);
  });

  it('When the keys of a table are asked for, then each correct address comes once', () => {
    const table = tableWith({ email: 'A@example.com' }, { email: ' a@EXAMPLE.com' }, { email: 'x' }, { email: '' }, {});
    expect(emailKeysOf(table)).toEqual(['a@example.com', 'ann.lee@example.com']);
  });
});
