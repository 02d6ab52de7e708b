import fc from 'fast-check';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { maskChange, maskEmail, maskMobile, maskProblem } from '../../../domain/problems/mask';
import { checkOne } from '../tables';

describe('Masks', () => {
  it.each([
    ['ann@example.com', 'a•••@•••.com'],
    ['Zoë.Müller@mail.example.co.uk', 'Z•••@•••.uk'],
    ['a@b.co', '•••@•••.co'],
    ['ab@.co', 'a•••@•••'],
    ['😀smile@example.org', '😀•••@•••.org'],
    ['ann@example', 'a•••@•••'],
    ['ann', 'a•••'],
    ['a', '•••'],
    ['', '•••'],
    ['@', '•••@•••'],
    ['+447911123456', '+•••'],
  ])('When %j is masked as an address, then %s is left', (address, masked) => {
    expect(maskEmail(address)).toBe(masked);
  });

  it.each([
    ['+447911123456', '+44•••56'],
    ['+1 202 555 0123', '+1•••23'],
    ['+35312345678', '+353•••78'],
    ['07911 123456', '•••56'],
    ['+99912345678', '•••78'],
    ['4.47911E+11', '•••11'],
    ['+4412', '•••'],
    ['12', '•••'],
    ['', '•••'],
    ['ann@example.com', '•••'],
  ])('When %j is masked as a number, then %s is left', (mobile, masked) => {
    expect(maskMobile(mobile)).toBe(masked);
  });

  it('When anything at all is masked, then most of it is gone', () => {
    const anything = fc.oneof(fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.stringMatching(/^\+?\d{0,15}$/));
    fc.assert(
      fc.property(anything, (value) => {
        const kept = (masked: string): number => [...masked.replaceAll('•••', '')].length;
        const at = value.lastIndexOf('.');
        const topLevelDomain = at < 0 ? 0 : [...value.trim()].length - [...value.slice(0, at)].length;
        expect(kept(maskEmail(value))).toBeLessThanOrEqual(2 + topLevelDomain);
        expect(kept(maskMobile(value))).toBeLessThanOrEqual(6);
        if (value.trim().length > 0 && !value.includes('•')) {
          expect(maskEmail(value)).not.toContain(value.trim());
          expect(maskMobile(value)).not.toContain(value.trim());
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('Problems as support staff see them', () => {
  const value = (cells: Parameters<typeof checkOne>[0]): string | null =>
    maskProblem(checkOne(cells).problems[0]!).value;

  it.each([
    [{ email: 'ann.lee@example' }, 'a•••@•••'],
    [{ email: '+447911123456' }, '+•••'],
    [{ mobile: '+44 7911 12345' }, '+44•••45'],
    [{ mobile: 'ann@example.com' }, '•••'],
    [{ role: 'ann@example.com' }, 'a•••@•••.com'],
    [{ group: '+447911123456' }, '+44•••56'],
    [{ role: 'Cleint' }, 'Cleint'],
    [{ email: '' }, null],
  ])('When the cell is %j, then its problem shows %j', (cells, masked) => {
    expect(value(cells)).toBe(masked);
  });

  it('When a problem is already in words, then it is masked the same and its words do not change', () => {
    const problem = describeProblem(checkOne({ email: 'ann.lee@example' }).problems[0]!, 2);
    expect(maskProblem(problem)).toEqual({ ...problem, value: 'a•••@•••' });
    expect(JSON.stringify(maskProblem(problem))).not.toContain('ann.lee');
  });

  it.each([
    ['a mistyped provider', { email: 'ann.lee@gmial.com' }, {}, ['a•••@•••.com']],
    ['an address with a name', { email: 'Ann <ann.lee@example.com>' }, {}, ['a•••@•••.com']],
    ['swapped cells', { email: '+12025550123', mobile: 'ann@example.com' }, {}, ['a•••@•••.com', '+1•••23']],
    ['a number to be corrected', { mobile: '0012025550123' }, { strict: true }, ['+1•••23']],
    ['an address to be corrected', { email: 'ann@example.com ' }, { strict: true }, ['a•••@•••.com']],
    ['a role', { role: 'Cleint' }, {}, ['Client']],
    ['a team', { group: 'May fair' }, {}, ['Mayfair']],
  ])('When something is suggested for %s, then it is masked as the value is', (_, cells, context, masked) => {
    const problems = checkOne(cells, context).problems;
    expect(problems.map((problem) => maskProblem(problem).suggestion)).toEqual(masked);
    expect(problems.map((problem) => maskProblem(describeProblem(problem, 2)).suggestion)).toEqual(masked);
  });

  it('When a national number is so short that only its suggestion tells what it is, then both are masked', () => {
    const [problem] = checkOne(
      { mobile: '4002' },
      { defaultCountry: 'NU', strict: true, channels: ['email'] },
    ).problems;
    expect(problem).toMatchObject({ code: 'row.not-exact', value: '4002', suggestion: '+6834002' });
    expect(maskProblem(problem!)).toMatchObject({ value: '•••', suggestion: '+683•••02' });
  });

  it('When a cell can mean several numbers, then each is masked as the value is', () => {
    const [problem] = checkOne({ mobile: '13123894213' }).problems;
    expect(maskProblem(problem!).choices).toEqual(['+1•••13', '+86•••13']);
    expect(maskProblem(describeProblem(problem!, 2)).choices).toEqual(['+1•••13', '+86•••13']);
    expect(describeProblem(problem!, 2).message).not.toContain('389');
  });

  it('When nothing is suggested, then masking does not bring anything forth', () => {
    expect(maskProblem(checkOne({ lastName: '' }).problems[0]!)).not.toHaveProperty('suggestion');
    expect(maskProblem(describeProblem(checkOne({ lastName: '' }).problems[0]!, 2)).suggestion).toBeNull();
  });
});

describe('Changes as support staff see them', () => {
  it('When an address or a number changes, then both values are masked, and other fields are not', () => {
    const masked = (field: string, before: string, after: string): string[] => {
      const change = maskChange({ field, before, after });
      expect(change.field).toBe(field);
      return [change.before, change.after];
    };
    expect(masked('email', 'ann@example.com', 'Ann@example.com')).toEqual(['a•••@•••.com', 'A•••@•••.com']);
    expect(masked('mobile', '+12025550123', '+447911123456')).toEqual(['+1•••23', '+44•••56']);
    expect(masked('lastName', 'Lee', 'Li')).toEqual(['Lee', 'Li']);
    expect(masked('company', '', 'ann@example.com')).toEqual(['', 'a•••@•••.com']);
  });
});
