import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { checkRows, emailKeysOf } from '../../../domain/checking/check-rows';
import { isDeliverable, parseEmail, PLAIN_ADDRESS } from '../../../domain/checking/cells/check-email';
import { emailKey, toAsciiDomain } from '../../../domain/person';
import {
  checkOne,
  checkStaff,
  codesOf,
  contextWith,
  knowing,
  knownStaff,
  knownWith,
  tableFor,
  tableWith,
} from '../tables';

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
      person: { email, emailKey: emailKey(email) },
      problems: [],
      repairs: [],
    });
  });

  it('When there are spaces around it, then they are taken off, which is a repair', () => {
    const { person, repairs } = checkOne({ email: ' Ann@example.com\u00a0' });
    expect(person?.email).toBe('Ann@example.com');
    expect(repairs).toEqual([{ column: 'Email', before: ' Ann@example.com\u00a0', after: 'Ann@example.com' }]);
  });

  it('When a guard apostrophe stands before a sign, then it is taken off', () => {
    const guarded = checkOne({ email: "'+ann@example.com" });
    expect(guarded.person?.email).toBe('+ann@example.com');
    expect(guarded.repairs).toEqual([{ column: 'Email', before: "'+ann@example.com", after: '+ann@example.com' }]);
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
    // Domains without a form in ASCII.
    ['anna@xn--zzz999.example', 'email.invalid'],
    ['anna@a\u2260b\u200d.example', 'email.invalid'],
    ['anna@\u05d0a.example', 'email.invalid'],
    ['j?rgen@example.com', 'email.invalid'],
    ['ann\u3164@example.com', 'email.invalid'],
    [`a@${'b'.repeat(64)}.com`, 'email.invalid'],
    [`a@${'ü'.repeat(60)}.com`, 'email.invalid'],
    [`a@${'b.'.repeat(200)}com`, 'email.invalid'],
  ])('When it is %j, then the code is %s', (email, code) => {
    expect(checkOne({ email })).toMatchObject({ person: null, problems: [{ code, column: 'Email', letter: 'C' }] });
  });

  it.each([
    ['Ann@Example.COM', 'ann@example.com'],
    ['ann@MÜNCHEN.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@XN--MNCHEN-3YA.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@faß.example', 'ann@xn--fa-hia.example'],
    ['no address', 'no address'],
  ])('When addresses are compared, then %s counts as %s', (address, key) => {
    expect(emailKey(address)).toBe(key);
  });

  it('When a domain is plain, then its key is what it is on the wire, as for any other', () => {
    const plain = fc.stringMatching(/^[A-Za-z\d]([A-Za-z\d-]{0,8}[A-Za-z\d])?$/);
    const label = fc.oneof(plain, fc.constantFrom('xn--mnchen-3ya', 'XN--fa-hia', 'xn--abc-', 'xn--zzz999'));
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.stringMatching(/^[A-Za-z]{2,6}$/),
        (labels, top) => {
          const domain = [...labels, top].join('.');
          fc.pre(!domain.toLowerCase().includes('xn--'));
          expect(emailKey(`A@${domain}`)).toBe(`a@${domainToASCII(domain.toLowerCase())}`);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('Addresses that are almost right', () => {
  it.each([
    ['Ann Lee <ann@example.com>', 'ann@example.com'],
    ['<ann@example.com>', 'ann@example.com'],
    ['mailto:ann@example.com', 'ann@example.com'],
    ['"ann@example.com";', 'ann@example.com'],
    ['ann@example.com.', 'ann@example.com'],
    ['ann @ example.com', 'ann@example.com'],
    ['ann@example. com', 'ann@example.com'],
    ['ann@example,com', 'ann@example.com'],
    ['ann@example..com', 'ann@example.com'],
    ['ann@exam\u200bple.com', 'ann@example.com'],
    ['ann＠example.com', 'ann@example.com'],
    ["'ann@example.com", 'ann@example.com'],
    ["'ann@example.com'", 'ann@example.com'],
    ['`ann@example.com', 'ann@example.com'],
    ['*ann@example.com', 'ann@example.com'],
    ['=ann@example.com', 'ann@example.com'],
    ['"ann@example.com', 'ann@example.com'],
    ["'anna@bücher.example", 'anna@bücher.example'],
    ['[ann@example.com]', 'ann@example.com'],
    ['ann@gmail', 'ann@gmail.com'],
    ['ann@gmailcom', 'ann@gmail.com'],
  ])('When it is %j, then it is refused, and %s is suggested', (email, suggestion) => {
    const { person, problems } = checkOne({ email });
    expect(person).toBeNull();
    expect(problems).toMatchObject([{ code: 'email.invalid', value: email, suggestion }]);
  });

  it.each([
    'ann',
    'ann lee@example.com',
    'ann@example',
    'ann@example.com, bob@example.com',
    '@example.com',
    'jürgen@example.com',
  ])('When it is %j, then nothing is suggested', (email) => {
    const [problem] = checkOne({ email }).problems;
    expect(problem!.code).toBe('email.invalid');
    expect(problem).not.toHaveProperty('suggestion');
  });

  it('When anything is suggested for a refused address, then it would be accepted', () => {
    const noise = fc.constantFrom('', '', ' ', ',', '.', '..', '<', '>', '"', 'mailto:', ';', '\u200b', 'Ann ');
    const parts = [noise, fc.constant('ann'), noise, fc.constantFrom('@', '＠'), noise];
    const ends = [fc.constantFrom('gmail', 'example.com', 'ex'), noise, fc.constantFrom('', 'com', '.com'), noise];
    let suggested = 0;
    fc.assert(
      fc.property(fc.tuple(...parts, ...ends), (typed) => {
        const suggestion = checkOne({ email: typed.join('') }).problems[0]?.suggestion;
        if (suggestion === undefined) return;
        suggested++;
        expect(codesOf(checkOne({ email: suggestion }).problems)).not.toContain('email.invalid');
      }),
      { numRuns: 2000 },
    );
    // Else the property would hold for nothing.
    expect(suggested).toBeGreaterThan(20);
  });
});

describe('Mistyped mail providers', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['GMAIL.CMO', 'gmail.com'],
    ['gnail.con', 'gmail.com'],
    ['mgail.com', 'gmail.com'],
    ['googlmail.com', 'googlemail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['homtail.com', 'hotmail.com'],
    ['hotmal.co.uk', 'hotmail.co.uk'],
    ['hotmai.fr', 'hotmail.fr'],
    ['outlok.com', 'outlook.com'],
    ['outllok.con', 'outlook.com'],
    ['yaho.com', 'yahoo.com'],
    ['yahooo.de', 'yahoo.de'],
    ['iclould.com', 'icloud.com'],
    ['protonmial.com', 'protonmail.com'],
    ['aol.con', 'aol.com'],
    ['live.cim', 'live.com'],
  ])('When the domain is %s, then the row is good, and %s is suggested', (domain, meant) => {
    const { person, problems, plan } = checkOne({ email: `Ann.Lee@${domain}` });
    expect(person?.email).toBe(`Ann.Lee@${domain}`);
    expect(plan.action).toBe('create');
    expect(problems).toEqual([
      {
        code: 'email.domain-typo',
        column: 'Email',
        letter: 'C',
        value: `Ann.Lee@${domain}`,
        details: { domain: meant },
        suggestion: `Ann.Lee@${meant}`,
      },
    ]);
  });

  it.each(
    (
      'gmail.com googlemail.com hotmail.com hotmail.be hotmail.co.uk outlook.com outlook.pt yahoo.com yahoo.ca yahoo.co.jp ' +
      'ymail.com icloud.com cloud.com me.com mac.com aol.com live.com live.nl msn.com gmx.de gmx.net gmx.com web.de ' +
      'mail.com email.com hushmail.com proton.me protonmail.com t-online.de mail.ru gail.com yandex.com qq.com ' +
      'example.com example.co sub.gmail.com hotel.com outlet.com gmail.example yale.com oracle.com'
    ).split(' '),
  )('When the domain is %s, then nothing is said about it', (domain) => {
    expect(checkOne({ email: `ann@${domain}` }).problems).toEqual([]);
  });
});

describe('E-mail and mobile number in each other’s place', () => {
  it.each<[string, string, string | null, string, string]>([
    ['+1 202 555 0123', 'ann@example.com', null, '+12025550123', 'ann@example.com'],
    ['07911 123456', ' ann@example.com', null, '07911 123456', 'ann@example.com'],
    ['07911 123456', 'ann@example.com', 'GB', '+447911123456', 'ann@example.com'],
  ])(
    'When the cells are %j and %j, then each error offers the other value',
    (email, mobile, country, number, address) => {
      const { person, problems } = checkOne({ email, mobile }, { defaultCountry: country });
      expect(person).toBeNull();
      expect(problems).toMatchObject([
        { code: 'email.invalid', value: email, details: { swappedWith: 'Mobile' }, suggestion: address },
        { code: 'mobile.invalid', value: mobile, details: { swappedWith: 'Email' }, suggestion: number },
      ]);
    },
  );

  it.each<[string, string]>([
    ['ann', 'ann@example.com'],
    ['', 'ann@example.com'],
    ['+12025550123', ''],
    ['+12025550123', 'ann@example'],
    ['12', 'ann@example.com'],
  ])('When the cells are %j and %j, then nobody can tell that they have changed places', (email, mobile) => {
    for (const problem of checkOne({ email, mobile }).problems) expect(problem).not.toHaveProperty('suggestion');
  });
});

describe('E-mail addresses that are taken', () => {
  it('When an address comes again in the file, then each later row names the first one, which stays good', () => {
    const table = tableWith({ email: 'ann@münchen.example' }, {}, { email: 'ANN@xn--mnchen-3ya.example' }, {}, {});
    const rows = checkRows(table, contextWith());
    expect(rows.map(({ plan }) => plan.action)).toEqual(['create', 'create', 'reject', 'reject', 'reject']);
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

  it.each([
    ['all', { importId: 'i1', line: 7 }, { importId: 'i1', line: 7, since: '2026-03-01' }],
    ['only the day', {}, { since: '2026-03-01' }],
  ])(
    'When a client has the address already and %s is known, then the problem says what is known',
    (_, origin, details) => {
      const known = knowing(knownWith({ emailKey: 'ann@example.com', ...origin }));
      const { person, plan, problems } = checkOne({ email: 'Ann@Example.com' }, { known });
      expect(person).toBeNull();
      expect(plan).toEqual({ action: 'reject', channels: [] });
      expect(problems).toMatchObject([{ code: 'email.already-used', value: 'Ann@Example.com' }]);
      expect(problems[0]!.details).toEqual(details);
    },
  );

  it.each(['error', 'invite', 'skip', 'update'] as const)(
    'When the address is that of a person of the other kind, then it is refused as theirs even with “%s”',
    (onExisting) => {
      const client = checkOne({}, { known: knowing(knownStaff()), onExisting });
      const staff = checkStaff({}, { known: knowing(knownWith()), onExisting });
      expect(codesOf(client.problems)).toEqual(['email.is-staff']);
      expect(codesOf(staff.problems)).toEqual(['email.is-client']);
      for (const row of [client, staff]) {
        expect(row).toMatchObject({ person: null, plan: { action: 'reject', channels: [] } });
      }
    },
  );

  it('When the row with a used address has other faults, then all of them are told together', () => {
    const { problems } = checkOne({ firstName: '', group: 'Nowhere' }, { known: knowing(knownWith()) });
    expect(codesOf(problems)).toEqual(['first-name.missing', 'email.already-used', 'group.unknown']);
  });

  it('When the keys of a table are asked for, then each correct address comes once', () => {
    const table = tableWith({ email: 'A@example.com' }, { email: ' a@EXAMPLE.com' }, { email: 'x' }, { email: '' }, {});
    expect(emailKeysOf(table)).toEqual(['a@example.com', 'ann.lee@example.com']);
    expect(emailKeysOf(tableFor('staff', {}))).toEqual(['ann.lee@example.com']);
  });
});

describe('A plain address', () => {
  const letters = (from: string) => fc.string({ unit: fc.constantFrom(...from), minLength: 1, maxLength: 6 });
  const word = letters('abzAZ059');
  const label = fc.tuple(word, letters('ab-9'), word).map((parts) => parts.join(''));
  const plain = fc
    .tuple(
      word,
      fc.array(fc.tuple(fc.constantFrom('.', '_', '-'), word)),
      fc.array(label, { minLength: 1 }),
      letters('comz'),
    )
    .map(([first, more, labels, top]) => `${first}${more.flat().join('')}@${labels.join('.')}.${top}z`);
  const nearlyPlain = fc.tuple(plain, fc.nat(), fc.constantFrom(...'.-_@ xn"é%')).map(([address, at, sign]) => {
    const position = at % address.length;
    return address.slice(0, position) + sign + address.slice(position + 1);
  });

  it('is made of words', () => {
    fc.assert(fc.property(plain, (address) => PLAIN_ADDRESS.test(address)));
  });

  it('is one that the whole check lets pass, and goes over the wire as it is', () => {
    fc.assert(
      fc.property(fc.oneof(plain, nearlyPlain), (address) => {
        return !PLAIN_ADDRESS.test(address) || (isDeliverable(address) && toAsciiDomain(address) === address);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['anna@example.com', 'Anna.Maria-Lena_3@mail.example.co.uk', '7@3-4.example'])('is %s', (address) => {
    expect(PLAIN_ADDRESS.test(address)).toBe(true);
    expect(parseEmail(address)).toEqual({ address, key: address.toLowerCase() });
  });

  it.each([
    'anna..maria@example.com',
    '.anna@example.com',
    'anna@example',
    'anna@-example.com',
    'anna@example-.com',
    'anna@example.c',
    'anna@xn--bcher-kva.example',
    'anna@exa mple.com',
    'anna@example.com\n',
    'a'.repeat(64) + '@',
  ])('is not %j', (address) => {
    expect(PLAIN_ADDRESS.test(address)).toBe(false);
  });
});
