import { groupBy } from '../../domain/group-by';

test('Groups come in the order of their first items, and keep the order of their own', () => {
  expect([...groupBy(['bob', 'ann', 'bea', 'al', 'cleo'], (name) => name[0])]).toEqual([
    ['b', ['bob', 'bea']],
    ['a', ['ann', 'al']],
    ['c', ['cleo']],
  ]);
});
