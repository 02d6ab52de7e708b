import { maskAnswer, maskSentence, maskText } from '../../../domain/problems/mask-answer';
import { PROBLEM_CATALOGUE } from '../../../domain/problems/texts/catalogue';

describe('A text for support staff', () => {
  test.each([
    ['anna.lee@canary.example.csv', 'a•••@•••.csv'],
    ['Clients of anna@canary.example, bob@canary.example.', 'Clients of a•••@•••.example, b•••@•••.example.'],
    ['The header "anna@canary.example" is unknown.', 'The header "a•••@•••.example" is unknown.'],
    ['Anna Lee <anna@canary.example>', 'Anna Lee <a•••@•••.example>'],
    ['anna @ canary.example', 'a•••@•••.example'],
    ['anna＠canary.example', 'a•••@•••.example'],
    ['anna%40canary.example', 'a•••@•••.example'],
    ['anna (at) canary.example', 'a•••@•••.example'],
    ['anna[AT]canary.example', 'a•••@•••.example'],
    ['mailto:anna@canary.example', 'm•••@•••.example'],
    ['anna@localhost', 'a•••@•••'],
    ['@', '@'],
    ['+447911987656.csv', '+44•••56.csv'],
    ['+44 7911 123456', '+44•••56'],
    ['call 07911-123-456 now', 'call •••56 now'],
    ['(0479) 212 3456', '•••56'],
    ['07911/123456', '•••56'],
    ['07911_123456_new.csv', '•••56_new.csv'],
    ['Team447911123456', 'Team•••56'],
    ['٠٧٩١١١٢٣٤٥٦', '•••٥٦'],
    ['０７９１１１２３４５６', '•••５６'],
    ['7911\u200b123\u00a0456', '•••56'],
  ])('%s is shown as %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(maskText(masked)).toBe(masked);
  });

  test.each([
    'Anna Lee.csv',
    'The file has 501 rows; at most 500 are allowed.',
    'Lines 12, 14, 16, 18, 20, 22 and 24 have the same address.',
    '2026-11-28T12:00:00.000Z',
    'Known since 2026-11-28.',
    'clients 2026-11-28.csv',
    '0b7e1234-1234-4321-8321-123456789012',
    '12345678-1234-4321-8321-123456789012',
    'a'.repeat(63) + '1',
    'SM0123456789abcdef0123456789abcdef',
    'Müller & Söhne',
    '',
  ])('%s is shown as it is', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('Our own sentences are shown with their examples', () => {
    for (const { message, expected, fix } of Object.values(PROBLEM_CATALOGUE))
      for (const text of [message, expected, fix]) expect(maskSentence(text)).toBe(text);
  });

  test.each(['a', '@', ' ', '1', '1 ', 'a@', '"', '(', '1.', '-', ' @ ', '%40', '\u200b', '0b7e1234-', 'f'])(
    'A text of 20,000 characters of %j, twice the longest cell, is masked in less than 50 ms',
    (part) => {
      const text = part.repeat(20_000 / part.length);
      const times = Array.from({ length: 3 }, () => {
        const since = performance.now();
        maskText(text);
        maskText(`${text}x`);
        return performance.now() - since;
      });
      expect(Math.min(...times)).toBeLessThan(50);
    },
  );
});

describe('An answer for support staff', () => {
  const id = '0b7e1234-1234-4321-8321-123456789012';

  test('Fields of one kind are masked as a whole, whatever they hold', () => {
    expect(
      maskAnswer({
        firstName: 'Ann',
        lastName: 'ann@canary.example',
        email: 'ann.canary',
        mobile: '0791',
        company: '',
      }),
    ).toEqual({ firstName: 'Ann', lastName: 'a•••@•••.example', email: 'a•••', mobile: '•••', company: '' });
  });

  test('Counts by channel, ids, times and links stay', () => {
    const answer = {
      ...{ id, batch: id, status: 'completed', createdAt: '2026-11-28T12:00:00.000Z', at: new Date(0), lines: 1234567 },
      invitations: { email: { sent: 1234567 }, sms: {} },
      options: { encoding: null, strict: false },
      links: { self: `http://192.168.100.200:3000/v1/imports/${id}` },
    };
    expect(maskAnswer(answer)).toEqual({ ...answer, at: '1970-01-01T00:00:00.000Z' });
  });

  test('A problem is masked by its code, and its sentences, header and suggestion with it', () => {
    const masked = maskAnswer({
      problems: [
        { code: 'email.invalid', column: 'bob@canary.example', value: 'ann.canary', suggestion: 'ann@canary.example' },
        {
          code: 'mobile.invalid',
          column: '+44 7911 123456',
          value: '0791',
          message: 'Not +44 7911 123456',
          suggestion: null,
        },
        { code: 'file.unknown-column', column: null, value: null, message: 'The header "ann@canary.example" …' },
      ],
    });
    expect(masked).toEqual({
      problems: [
        { code: 'email.invalid', column: 'b•••@•••.example', value: 'a•••', suggestion: 'a•••@•••.example' },
        { code: 'mobile.invalid', column: '+44•••56', value: '•••', message: 'Not +44•••56', suggestion: null },
        { code: 'file.unknown-column', column: null, value: null, message: 'The header "a•••@•••.example" …' },
      ],
    });
  });

  test('Of a repair the column is shown, of a change both values as far as they are no contact', () => {
    expect(
      maskAnswer({
        repairs: [{ column: 'Mobile', before: '0791', after: '+44791' }],
        changes: [
          { field: 'company', before: 'Old', after: 'New' },
          { field: 'mobile', before: '+447911123456', after: '+447911123457' },
        ],
      }),
    ).toEqual({
      repairs: [{ column: 'Mobile' }],
      changes: [
        { field: 'company', before: 'Old', after: 'New' },
        { field: 'mobile', before: '+44•••56', after: '+44•••57' },
      ],
    });
  });

  test('A field that nobody thought of is masked all the same, and so is its name', () => {
    expect(maskAnswer({ new: { deep: [['ann@canary.example']] }, 'ann@canary.example': 1 })).toEqual({
      new: { deep: [['a•••@•••.example']] },
      'a•••@•••.example': 1,
    });
  });
});
