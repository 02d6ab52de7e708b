import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 12;
/** Characters of a token. */
export const TOKEN_LENGTH = (TOKEN_BYTES * 4) / 3;
/** Drawing random bytes costs 3 µs whatever their number. */
const DRAWN_TOKENS = 256;

let drawn = Buffer.alloc(0);
let used = 0;

/** 96 random bits: hard to guess, and short enough for an SMS. */
export function createInvitationToken(): string {
  if (used === drawn.length) {
    drawn = randomBytes(TOKEN_BYTES * DRAWN_TOKENS);
    used = 0;
  }
  return drawn.toString('base64url', used, (used += TOKEN_BYTES));
}
