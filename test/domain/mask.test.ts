import fc from 'fast-check';
import { describeProblem } from '../../domain/problem-catalogue';
import { maskEmail, maskMobile, maskProblem } from '../../domain/mask';
import { checkOne } from './files';

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
});
