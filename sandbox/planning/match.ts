import type { z } from 'zod';
import { objectOf, text } from '../http/schema';

/** An address, or its beginning followed by `*`; and a part of the subject or the text. */
export const matchSchema = objectOf({ to: text.optional(), contains: text.optional() });
type Match = z.infer<typeof matchSchema>;

/** Whether a message fits; an absent condition fits every message. */
export const matches = ({ to, contains }: Match, message: { to: string; text: string }): boolean =>
  (to === undefined || matchesAddress(to, message.to)) && (contains === undefined || message.text.includes(contains));

export function matchesAddress(pattern: string, address: string): boolean {
  const [p, a] = [pattern.toLowerCase(), address.toLowerCase()];
  return p.endsWith('*') ? a.startsWith(p.slice(0, -1)) : a === p;
}
