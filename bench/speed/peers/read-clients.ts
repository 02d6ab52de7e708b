import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Client } from './calls';

const schema = z.object({
  firstName: z.string().trim().min(1),
  lastName: z.string().trim().min(1),
  email: z.email(),
  mobile: z.string().regex(/^\+\d{8,15}$/),
  role: z.string(),
  company: z.string(),
  group: z.string(),
});
const KEYS = Object.keys(schema.shape);

export function readClients(path: string): Client[] {
  const lines = parse(readFileSync(path), { columns: KEYS, fromLine: 2, trim: true });
  return lines.map((line) => schema.parse(line));
}
