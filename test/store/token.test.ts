import { createInvitationToken } from '../../store/index';

test('No two of many tokens are the same, and each is 16 characters of a link', () => {
  const tokens = Array.from({ length: 5_000 }, createInvitationToken);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.filter((token) => !/^[\w-]{16}$/.test(token))).toEqual([]);
});
