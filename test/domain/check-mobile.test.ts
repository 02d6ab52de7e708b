import { checkOne, codesOf } from './files';

describe('Mobile numbers', () => {
  it.each<[string, string, 'mobile' | 'fixed-line' | 'other']>([
    ['+447911123456', '+447911123456', 'mobile'],
    ['+12025550123', '+12025550123', 'mobile'],
    ['+61491570156', '+61491570156', 'mobile'],
    ['+15005550004', '+15005550004', 'other'],
    ['+442079460958', '+442079460958', 'fixed-line'],
  ])('When it is %s, then it is accepted as typed, of type %s', (cell, number, type) => {
    const { client, repairs } = checkOne({ mobile: cell });
    expect(client).toMatchObject({ mobile: number, mobileType: type });
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
    const { client, repairs, problems } = checkOne({ mobile: cell }, { defaultCountry });
    expect(problems).toEqual([]);
    expect(client?.mobile).toBe('+447911123456');
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
    const { client, repairs, problems } = checkOne({ mobile: cell }, { defaultCountry });
    expect(client).toBeNull();
    expect(repairs).toEqual([]);
    expect(problems).toMatchObject([{ code, column: 'Mobile', letter: 'D' }]);
  });

  it('When it is a landline, then the row is good and there is a warning', () => {
    const { client, problems } = checkOne({ mobile: '020 7946 0958' }, { defaultCountry: 'GB' });
    expect(client).toMatchObject({ mobile: '+442079460958', mobileType: 'fixed-line' });
    expect(codesOf(problems)).toEqual(['mobile.landline']);
  });
});
