import fc from 'fast-check';
import { plainName } from '../../../domain/invitations/plain-name';

describe('A name in messages and on pages', () => {
  it.each([
    'Anna',
    'Anne-Marie',
    "O'Brien",
    'O’Brien',
    'Łukasz',
    'Nguyễn Thị',
    '李小龍',
    'محمد',
    'J. R. R.',
    'Martin Luther King Jr.',
    'Smith & Sons (UK) Ltd.',
    'Maersk A/S',
    'Gal·la',
    '3M',
    'Bank 1818',
    'Fund 2030',
  ])('When a name is %j, then it stands as it is written', (name) => {
    expect(plainName(name, 'x')).toBe(name);
  });

  it.each([
    ['  Anna   Maria ', 'Anna Maria'],
    ['J.R.R. Tolkien', 'J R R. Tolkien'],
    ['Zoe\u0308', 'Zoë'],
    ['Booking.com', 'Booking com'],
    ['علی\u200cرضا', 'علیرضا'],
    ['😀', 'x'],
    ['', 'x'],
    ['://', 'x'],
    ['A'.repeat(200), 'A'.repeat(80)],
  ])('When a name is %j, then it becomes %j', (name, plain) => {
    expect(plainName(name, 'x')).toBe(plain);
  });

  test('When a name has nothing to remove, then it reads as one that has, a space around it', () => {
    const letters = "abzABZàÖØößøĀſŉ’' -".split('');
    const name = fc.array(fc.constantFrom(...letters), { maxLength: 90 }).map((some) => some.join(''));
    fc.assert(fc.property(name, (raw) => expect(plainName(raw, 'x')).toBe(plainName(` ${raw} `, 'x'))));
  });
});
