import type { ClientFile } from '../client-files';
import { ROWS } from '../client-files';
import { PEER_DATABASE } from '../peer';
import type { Stack } from '../stack/stack';

/** Throws unless everybody in the files got exactly one e-mail and one SMS by the provider's ledger, and nobody else anything. */
export async function checkMessages(stack: Stack, files: readonly ClientFile[]): Promise<void> {
  const expected = new Set(files.flatMap(({ recipients }) => recipients));
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const to of await stack.recipients()) {
    if (!expected.has(to)) wrong.push(`${to} is in none of the files`);
    if (seen.has(to)) wrong.push(`${to} was invited twice`);
    seen.add(to);
  }
  for (const to of expected) if (!seen.has(to)) wrong.push(`${to} was not invited`);
  fail('the ledger of the providers', wrong);
}

interface View {
  status: string;
  lines: number;
  rows: { created: number };
  invitations: Record<'email' | 'sms', { sent: number; delivered: number }>;
}

/** Throws unless the imports have ended as completed, with every client and every row and invitation in a final state. */
export async function checkProduct(stack: Stack, ids: readonly string[]): Promise<void> {
  const wrong: string[] = [];
  for (const id of ids) {
    const { status, rows, lines, invitations } = await viewOf(stack, id);
    const invited = Object.values(invitations).reduce((total, { sent, delivered }) => total + sent + delivered, 0);
    if (status !== 'completed') wrong.push(`${id} is ${status}`);
    wrong.push(
      ...differs(`rows of ${id} are created`, rows.created, ROWS),
      ...differs(`lines of ${id} are counted`, lines, ROWS),
      ...differs(`invitations of ${id} are sent`, invited, 2 * ROWS),
    );
  }
  const people = await stack.db.collection('people').countDocuments({ importId: { $in: [...ids] } });
  fail('the product', [...wrong, ...differs('clients are there', people, ids.length * ROWS)]);
}

export async function viewOf({ apiUrl, headers }: Stack, id: string): Promise<View> {
  return (await (await fetch(`${apiUrl}/v1/imports/${id}`, { headers })).json()) as View;
}

/** Throws unless the peer has inserted every client. */
export async function checkPeer({ mongo }: Stack, files: readonly ClientFile[]): Promise<void> {
  const clients = await mongo.db(PEER_DATABASE).collection('clients').countDocuments({});
  fail('the peer', differs('clients are there', clients, files.length * ROWS));
}

const differs = (what: string, is: number, expected: number): string[] =>
  is === expected ? [] : [`${is} of ${expected} ${what}`];

function fail(who: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return;
  throw new Error(
    `By ${who}: ${wrong.slice(0, 5).join('; ')}${wrong.length > 5 ? `; and ${wrong.length - 5} more` : ''}`,
  );
}
