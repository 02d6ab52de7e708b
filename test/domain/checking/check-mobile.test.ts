import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { checkOne, codesOf } from '../tables';

describe('Mobile numbers', () => {
  it.each<[string, string, 'mobile' | 'fixed-line' | 'other']>([
    ['+447911123456', '+447911123456', 'mobile'],
    ['+12025550123', '+12025550123', 'mobile'],
    ['+61491570156', '+61491570156', 'mobile'],
    ['+15005550004', '+15005550004', 'mobile'],
    ['+442079460958', '+442079460958', 'fixed-line'],
  ])('When it is %s, then it is accepted as typed, of type %s', (cell, number, type) => {
    const { person, repairs } = checkOne({ mobile: cell });
    expect(person).toMatchObject({ mobile: number, mobileType: type });
    expect(repairs).toEqual([]);
  });

  it.each<[string, string | null]>([
    ['+44 7911 123456', null],
    [' +447911123456 ', null],
    ['+44-7911-123.456', null],
    ['(+44) 7911/123456', null],
    ['+44 (0) 7911 123456', null],
    ['+4407911123456', null],
    ['00447911123456', null],
    ["'+447911123456", null],
    ["'447911123456", null],
    ['447911123456', null],
    ['＋４４７９１１１２３４５６', null],
    ['+٤٤٧٩١١١٢٣٤٥٦', null],
    ['\u202a+44 7911\u00a0123456\u202c', null],
    ['07911 123456', 'GB'],
    ['7911123456', 'GB'],
    ['447911123456', 'GB'],
    ['00447911123456', 'US'],
  ])('When it is %j and the default country %s, then it is repaired to E.164', (cell, defaultCountry) => {
    const { person, repairs, problems } = checkOne({ mobile: cell }, { defaultCountry });
    expect(problems).toEqual([]);
    expect(person?.mobile).toBe('+447911123456');
    expect(repairs).toEqual([{ column: 'Mobile', before: cell, after: '+447911123456' }]);
  });

  it.each<[string, string | null, string]>([
    ['', null, 'mobile.missing'],
    ['   ', 'GB', 'mobile.missing'],
    ["'", null, 'mobile.missing'],
    ['4.47911E+11', null, 'mobile.scientific-notation'],
    ['4,47911e+11', 'GB', 'mobile.scientific-notation'],
    ['447E9', null, 'mobile.scientific-notation'],
    ['07911 123456', null, 'mobile.not-international'],
    ['0491 570 156', null, 'mobile.not-international'],
    ['0491 570 156', 'XX', 'mobile.not-international'],
    ['07911 12345', 'GB', 'mobile.invalid'],
    ['+447700900123', null, 'mobile.invalid'],
    ['+15555550100', null, 'mobile.invalid'],
    ['+99912345', null, 'mobile.invalid'],
    ['+12345', null, 'mobile.invalid'],
    ['12345', null, 'mobile.invalid'],
    ['+', null, 'mobile.invalid'],
    ['-', null, 'mobile.invalid'],
    ['n/a', null, 'mobile.invalid'],
    ['tel:+447911123456', null, 'mobile.invalid'],
    ['+447911123456 ext 5', null, 'mobile.invalid'],
    ['+447911123456 / +447911123457', null, 'mobile.invalid'],
    ['+447911123456 or 07911 123457', null, 'mobile.invalid'],
    ['4915123456789.0', null, 'mobile.invalid'],
    ['+'.padEnd(50_000, '4'), null, 'mobile.invalid'],
  ])('When it is %j and the default country %s, then the code is %s', (cell, defaultCountry, code) => {
    const { person, repairs, problems } = checkOne({ mobile: cell }, { defaultCountry });
    expect(person).toBeNull();
    expect(repairs).toEqual([]);
    expect(problems).toMatchObject([{ code, column: 'Mobile', letter: 'D' }]);
  });

  it('When a national number is none in the default country, then it is said how it was read', () => {
    const messageOf = (mobile: string, defaultCountry: string | null): string =>
      describeProblem(checkOne({ mobile }, { defaultCountry }).problems[0]!, 2).message;
    expect(messageOf('0491 570 156', 'GB')).toBe(
      'No phone has this number. It was read as a number in United Kingdom (GB); ' +
        'if it belongs to another country, put + and the country code in front.',
    );
    for (const typed of ['+447700900123', '00447700900123', 'n/a']) {
      expect(messageOf(typed, 'GB')).toBe('No phone has this number.');
    }
  });

  it('When a number is refused, then nothing is suggested, since every missing digit would be a guess', () => {
    for (const mobile of ['07911 123456', '4.47911E+11', '+44791112345']) {
      expect(checkOne({ mobile }).problems[0]).not.toHaveProperty('suggestion');
    }
  });

  it.each([
    ['12025550123.0', 'US', '+12025550123'],
    ['+4915123456789.0', null, '+4915123456789'],
    ['447911123456,00', null, '+447911123456'],
  ])(
    'When a program has written %s as an amount, then the row is refused, and the number is suggested',
    (mobile, defaultCountry, suggestion) => {
      const { person, problems } = checkOne({ mobile }, { defaultCountry });
      expect(person).toBeNull();
      expect(problems).toMatchObject([{ code: 'mobile.invalid', suggestion }]);
    },
  );

  it('When a guard apostrophe is all that is wrong, then it is taken off before a digit as well as before a plus', () => {
    for (const mobile of ["'+12025550123", "'12025550123", '’+12025550123']) {
      const { person, repairs } = checkOne({ mobile });
      expect(person?.mobile).toBe('+12025550123');
      expect(repairs).toEqual([{ column: 'Mobile', before: mobile, after: '+12025550123' }]);
    }
  });
});

describe('Landlines', () => {
  const landline = { mobile: '020 7946 0958' };

  it('When the number is a landline, then the row is good, there is a warning, and no SMS is planned', () => {
    const { person, plan, problems } = checkOne(landline, { defaultCountry: 'GB' });
    expect(person).toMatchObject({ mobile: '+442079460958', mobileType: 'fixed-line' });
    expect(plan).toEqual({ action: 'create', channels: ['email'] });
    expect(codesOf(problems)).toEqual(['mobile.landline']);
    expect(describeProblem(problems[0]!, 2).message).toContain('invited by e-mail only');
  });

  it('When the organisation invites by e-mail alone, then a landline is nothing to warn of', () => {
    const { plan, problems } = checkOne(landline, { defaultCountry: 'GB', channels: ['email'] });
    expect(problems).toEqual([]);
    expect(plan).toEqual({ action: 'create', channels: ['email'] });
  });

  it('When the organisation invites by SMS alone, then the row is refused, and no e-mail is promised', () => {
    const { plan, problems } = checkOne(landline, { defaultCountry: 'GB', channels: ['sms'] });
    expect(plan).toEqual({ action: 'reject', channels: [] });
    expect(codesOf(problems)).toEqual(['mobile.unreachable']);
    expect(describeProblem(problems[0]!, 2).message).not.toContain('by e-mail');
  });
});
