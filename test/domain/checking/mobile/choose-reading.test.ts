import type { CountryCode } from 'libphonenumber-js/max';
import { chooseReading } from '../../../../domain/checking/mobile/choose-reading';
import { codesOf, checkOne } from '../../tables';

type Country = CountryCode | null;

/** The number that is accepted, or the readings to choose from; empty if there is none. */
function readingsOf(cell: string, country: Country): string | string[] {
  const choice = chooseReading(cell, country ?? undefined);
  if (choice.kind === 'certain') return choice.reading.number;
  return choice.kind === 'ambiguous' ? choice.readings.map(({ number }) => number) : [];
}

describe('A number without + and its country', () => {
  it.each<[string, Country, string | string[]]>([
    // A Chinese mobile, or an American one that lost its plus.
    ['13123894213', null, ['+13123894213', '+8613123894213']],
    ['13123894213', 'GB', ['+13123894213', '+8613123894213']],
    ['13123894213', 'CN', ['+8613123894213', '+13123894213']],
    ['4792123456', null, ['+4792123456', '+3584792123456', '+524792123456', '+14792123456']],
    ['4792123456', 'US', ['+14792123456', '+4792123456']],
    // Its separators say that 479 is an area code.
    ['(479) 212-3456', null, []],
    ['(479) 212-3456', 'US', '+14792123456'],
    ['479-212-3456', 'US', '+14792123456'],
    ['131 2389 4213', null, []],
    ['131 2389 4213', 'GB', []],
    ['131 2389 4213', 'CN', '+8613123894213'],
    ['1 312 389 4213', null, '+13123894213'],
    ['1 312 389 4213', 'GB', '+13123894213'],
    // The number of a service here, a mobile elsewhere.
    ['3331234567', 'GB', ['+443331234567', '+573331234567', '+393331234567', '+523331234567', '+923331234567']],
    ['3331234567', 'IT', '+393331234567'],
    ['090-1234-5678', 'GB', ['+449012345678', '+819012345678']],
    ['090-1234-5678', 'JP', '+819012345678'],
    // A landline here, a mobile elsewhere.
    ['07911 123456', 'DE', ['+497911123456', '+447911123456']],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['02079460958', 'GB', ['+442079460958', '+8562079460958', '+642079460958', '+12079460958']],
    // Gabon's numbers lost their 0, and the library still writes it.
    ['06 49 23 31', 'GA', ['+24106492331', '+2416492331']],
    ['0496 308 147', 'CV', ['+496308147', '+61496308147']],
    ['0412 345 678', 'AU', '+61412345678'],
    ['0412 345 678', null, []],
    ['053 769 5973', null, []],
  ])(
    'When %s is read with the default country %s, then no stranger is taken for its owner',
    (cell, country, expected) => {
      expect(readingsOf(cell, country)).toEqual(expected);
    },
  );
});

describe('A number that lost its plus', () => {
  it.each<[string, Country, string | string[]]>([
    ['447400123456', null, '+447400123456'],
    ['447400123456', 'GB', '+447400123456'],
    ['447400123456', 'US', '+447400123456'],
    ['44 7400 123456', null, '+447400123456'],
    ['44 (0)7400 123456', null, '+447400123456'],
    ['(44) 7400 123456', null, '+447400123456'],
    ['4407400123456', null, '+447400123456'],
    // Valid landlines of the same country, too.
    ['4917612345678', 'DE', '+4917612345678'],
    ['4915123456789', 'DE', '+4915123456789'],
    ['49 171 1234567', 'DE', '+491711234567'],
    ['49 151 23456789', 'DE', '+4915123456789'],
    ['628123456789', 'ID', '+628123456789'],
    ['38344123456', 'XK', '+38344123456'],
    ['436641234567', 'AT', '+436641234567'],
    ['43 664 1234567', 'AT', '+436641234567'],
    ['352621123456', 'LU', '+352621123456'],
    ['393331234567', 'IT', '+393331234567'],
    ['381641234567', 'RS', '+381641234567'],
    // A mobile of Indonesia as well.
    ['819012345678', 'JP', ['+819012345678', '+62819012345678']],
    ['81 90 1234 5678', 'JP', '+819012345678'],
    // The separators divide the country code from no number.
    ['4474 0012 3456', null, []],
    ['(447) 400-123456', null, []],
  ])(
    'When %s is read with the default country %s, then its plus is restored only without doubt',
    (cell, country, expected) => {
      expect(readingsOf(cell, country)).toEqual(expected);
    },
  );
});

describe('A prefix for calls abroad', () => {
  it.each<[string, Country, string | string[]]>([
    ['0044 7911 123456', null, '+447911123456'],
    ['00447911123456', 'US', '+447911123456'],
    ['0044 (0)7911 123456', 'FR', '+447911123456'],
    ['0011 44 7911 123456', 'AU', '+447911123456'],
    ['0011447911123456', 'AU', '+447911123456'],
    ['0011 44 7911 123456', null, '+447911123456'],
    ['001 65 9123 4567', 'SG', '+6591234567'],
    ['001 65 9123 4567', null, '+6591234567'],
    ['0016592234567', 'SG', ['+6592234567', '+16592234567']],
    ['00 1 659 223 4567', 'SG', '+16592234567'],
    ['006591234567', 'SG', '+6591234567'],
    ['018 44 7911 123456', 'SG', '+447911123456'],
    ['011 44 7911 123456', 'US', '+447911123456'],
    ['011 44 7911 123456', 'CA', '+447911123456'],
    ['8 10 44 7911 123456', 'RU', '+447911123456'],
    ['810447911123456', 'KZ', '+447911123456'],
    ['8 912 345-67-89', 'RU', '+79123456789'],
    ['010 44 7911 123456', 'JP', '+447911123456'],
    ['0012025550123', null, '+12025550123'],
    ['0014792123456', null, ['+14792123456', '+4792123456']],
    ['0015 44 7911 123456', 'BR', '+447911123456'],
    ['119 44 7911 123456', 'CU', '+447911123456'],
  ])('When %s is read with the default country %s, then its own prefix is known', (cell, country, expected) => {
    expect(readingsOf(cell, country)).toEqual(expected);
  });
});

describe('An extension', () => {
  it.each([
    '0664 1234567/12',
    '0664 1234567-12',
    '0664 1234567 - 12',
    '0664 1234567 (12)',
    '0664 1234567 12',
    '0664/1234567/12',
  ])('When the number with its extension is another one in Austria, then %s is asked about', (cell) => {
    expect(readingsOf(cell, 'AT')).toEqual(['+43664123456712', '+436641234567']);
  });

  it.each<[string, Country, string | string[]]>([
    ['+43 664 1234567-12', null, ['+43664123456712', '+436641234567']],
    ['0043 664 1234567/12', 'DE', ['+43664123456712', '+436641234567']],
    ['0171 1234567-0', 'DE', ['+4917112345670', '+491711234567']],
    ['0664 1234567', 'AT', '+436641234567'],
    ['0664/1234567', 'AT', '+436641234567'],
    ['0664 123 45 67', 'AT', '+436641234567'],
    ['0171/1234567', 'DE', '+491711234567'],
    ['0812-3456-7890', 'ID', '+6281234567890'],
    ['079/123 45 67', 'CH', '+41791234567'],
    ['079 123 45-67', 'CH', '+41791234567'],
  ])(
    'When %s is read with the default country %s, then a separator within a number cuts nothing off',
    (cell, country, expected) => {
      expect(readingsOf(cell, country)).toEqual(expected);
    },
  );

  it.each<[string, Country]>([
    ['07911 123456/12', 'GB'],
    ['07911 123456-12', 'GB'],
    ['+447911123456 ext 5', null],
    ['07911 123456 ext. 5', 'GB'],
    ['07911 123456 x5', 'GB'],
    ['+44 7911 123456 #5', null],
    ['+44 7911 123456, Durchwahl 5', null],
    ['+44 7911 123456;ext=5', null],
    ['+44 7911 123456 доб. 5', null],
  ])('When only the number before it exists in %s, then that is suggested and not taken', (mobile, defaultCountry) => {
    const { person, problems } = checkOne({ mobile }, { defaultCountry });
    expect(person).toBeNull();
    expect(problems).toMatchObject([{ code: 'mobile.invalid', suggestion: '+447911123456' }]);
  });
});

describe('A trunk prefix in brackets', () => {
  it.each([
    ['+44 (0)7911 123456', '+447911123456'],
    ['+49 (0) 171 1234567', '+491711234567'],
    // With its 0 it would be a landline of Italy.
    ['+39 (0)312 345 6789', '+393123456789'],
    ['+39 (0)6 4549 1234', '+390645491234'],
  ])('When it is typed after the country code in %s, then it is left out where a mobile has none', (cell, number) => {
    expect(readingsOf(cell, null)).toBe(number);
  });
});

describe('A cell that can be read in several ways', () => {
  it('When the readings are of two countries, then both are named and listed', () => {
    const { person, repairs, problems } = checkOne({ mobile: '13123894213' });
    expect({ person, repairs }).toEqual({ person: null, repairs: [] });
    expect(problems).toMatchObject([
      {
        code: 'mobile.ambiguous',
        details: { countries: 'United States or China' },
        choices: ['+13123894213', '+8613123894213'],
      },
    ]);
    expect(problems[0]).not.toHaveProperty('suggestion');
  });

  it('When one of them is a mobile of the default country, then it is suggested', () => {
    const [problem] = checkOne({ mobile: '13123894213' }, { defaultCountry: 'CN' }).problems;
    expect(problem).toMatchObject({ code: 'mobile.ambiguous', suggestion: '+8613123894213' });
  });

  it('When there are very many, then the list is short and says so', () => {
    const [problem] = checkOne({ mobile: '4520123456' }).problems;
    expect(problem!.choices!.length).toBeLessThanOrEqual(5);
  });

  it.each([
    ['13123894213', null],
    ['3331234567', 'GB'],
    ['0664 1234567/12', 'AT'],
  ])('When a choice for %s is typed into the cell, then it is accepted as it is', (mobile, defaultCountry) => {
    const [problem] = checkOne({ mobile }, { defaultCountry }).problems;
    for (const choice of problem!.choices!) {
      expect(checkOne({ mobile: choice }, { defaultCountry }).person).toMatchObject({ mobile: choice });
    }
  });
});

describe('Numbers of services', () => {
  const SERVICES = [
    ['a premium line', '+449098790000'],
    ['shared cost', '+448431234567'],
    ['toll-free', '+18005550123'],
    ['a company number', '+443331234567'],
    ['a pager', '+447640123456'],
    ['a personal number', '+447012345678'],
    ['a number for internet calls', '+445612345678'],
    ['a number of no country', '+80012345678'],
  ];

  it.each(SERVICES)('When it is %s, then the person is warned of and invited by e-mail only', (_, mobile) => {
    const { person, plan, problems } = checkOne({ mobile });
    expect(person).toMatchObject({ mobile, mobileType: 'other' });
    expect(plan).toEqual({ action: 'create', channels: ['email'] });
    expect(codesOf(problems)).toEqual(['mobile.not-a-mobile']);
  });

  it.each(SERVICES)('When it is %s and only SMS are sent, then the row is rejected', (_, mobile) => {
    const { plan, problems } = checkOne({ mobile }, { channels: ['sms'] });
    expect(plan).toEqual({ action: 'reject', channels: [] });
    expect(codesOf(problems)).toEqual(['mobile.unreachable']);
  });

  it('When its plus is lost, then it is not taken, since a mobile elsewhere may be meant', () => {
    expect(codesOf(checkOne({ mobile: '449098790000' }).problems)).toEqual(['mobile.not-international']);
  });

  it('When landlines and mobiles look alike in a country, then it gets an SMS', () => {
    expect(checkOne({ mobile: '+12025550123' }).plan).toEqual({ action: 'create', channels: ['email', 'sms'] });
  });
});
