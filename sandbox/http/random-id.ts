import { randomFillSync } from 'node:crypto';

const ID_BYTES = 16;
const pool = Buffer.alloc(ID_BYTES * 256);
let next = pool.length;

/** 16 random bytes as text. They are drawn for many ids at once: one draw costs as much as writing an answer. */
export function randomId(encoding: 'hex' | 'base64url'): string {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  return pool.toString(encoding, next, (next += ID_BYTES));
}
