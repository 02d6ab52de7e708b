import { isNamedAfter, mergeSought, names, neutralName, soughtOf } from '../../../domain/erasure/sought';

const values = { firstName: 'Ann', lastName: 'Lee', email: 'Ann@Example.com', mobile: '+447911123456' };
/** She had another address before. */
const ann = soughtOf([values, { email: 'ann.lee@example.org' }]);

test.each([
  ['{"email":" ANN@Example.com "}'],
  ['Ann Lee <ann.lee@example.org>'],
  ['07911 123 456'],
  ['+44 (0)7911 123456'],
  ['lee, ann'],
])('%s names her', (text) => {
  expect(names(ann, text)).toBe(true);
});

test.each([
  ['joann@example.com'],
  ['ann@example.com.au'],
  ['Ann Leeson'],
  ['Hannah Lee'],
  ['Lee'],
  ['07911 123 457'],
  [''],
])('%s does not', (text) => {
  expect(names(ann, text)).toBe(false);
});

test('A name with signs of a pattern is taken literally', () => {
  expect(names(soughtOf([{ ...values, firstName: 'A.', lastName: '(Lee)' }]), 'An Lee')).toBe(false);
  expect(names(soughtOf([{ ...values, firstName: 'A.', lastName: '(Lee)' }]), 'A. (Lee)')).toBe(true);
});

test('A hyphen and an apostrophe belong to a name', () => {
  const other = soughtOf([{ ...values, lastName: "O'Neil-Lee", email: 'ann-marie@my-mail.example' }]);
  expect(names(other, "Ann O'Neil-Lee")).toBe(true);
  expect(names(other, 'ann-marie@my-mail.example')).toBe(true);
  expect(names(other, 'Ann Lee')).toBe(false);
});

test('A file is named after her by her last name alone, and then keeps nothing but its ending', () => {
  expect(isNamedAfter(ann, 'Lee 2026.xlsx')).toBe(true);
  expect(isNamedAfter(ann, 'fleet.csv')).toBe(false);
  expect(neutralName('Lee 2026.xlsx')).toBe('removed.xlsx');
  expect(neutralName('Mrs Lee')).toBe('removed');
});

test('She is found by what she was called before, too', () => {
  const former = mergeSought(ann, soughtOf([{ lastName: 'Byron', mobile: '' }]));
  expect(isNamedAfter(former, 'Byron.csv')).toBe(true);
  expect(isNamedAfter(former, 'Lee.csv')).toBe(true);
});
