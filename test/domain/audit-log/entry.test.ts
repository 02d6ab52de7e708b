import { plainText } from '../../../domain/audit-log/entry';

test.each(['\r\n', '\n', '\u2028', '\u0085', '\u001b[2K', '\u202e'])(
  'A name with %j in it stays on its line',
  (sign) => {
    expect(plainText(`desk${sign}{"forged":1}`)).toMatch(/^desk (\[2K)?\{"forged":1\}$/);
  },
);

test('A name has at most 100 characters, none of them halved', () => {
  expect(plainText('😀'.repeat(200))).toBe('😀'.repeat(100));
});
