import { isNoPerson } from '../../../domain/checking/not-a-person';

const rowOf = (...raw: string[]) => ({
  raw,
  cells: { firstName: raw[0] ?? '', email: raw[2] ?? '', mobile: raw[3] ?? '' },
});

test.each([
  ['a sum', rowOf('Total', '', '', '', '48')],
  ['a sum with its number beside the word', rowOf('Total: 48')],
  ['a sum in German', rowOf('', 'Summe', '', '', '48')],
  ['numbers alone', rowOf('', '', '', '', '48', '1,250.00 €')],
  ['a remark', rowOf('* clients as of the first of March')],
])('When a row is %s, then it looks like no person', (_, row) => {
  expect(isNoPerson(row)).toBe(true);
});

test.each([
  ['a person without an address', rowOf('Ann', 'Lee', '', '+12025550123')],
  ['a person whose address is wrong', rowOf('Total', 'Lee', 'nobody', '')],
  ['a name alone', rowOf('Anna Maria Lee')],
  ['a row with an address in another column', rowOf('Total', 'ann@example.com', '', '')],
  ['a remark with a number to call', rowOf('please call', '+44 7911 123456')],
  ['a blank row', rowOf('', '')],
])('When a row is %s, then it is left to whoever corrects it', (_, row) => {
  expect(isNoPerson(row)).toBe(false);
});
