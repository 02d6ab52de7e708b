import type { Db } from 'mongodb';
import { collectionsOf } from '../../../store/documents';
import type { ClientFile } from '../client-files';
import { ROWS } from '../client-files';
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

/** Throws unless the database of a peer has what it was to store of these files. */
export type CheckPeer = (db: Db, files: readonly ClientFile[]) => Promise<void>;

/** Every client, and no other. Removes them. */
export const checkClients: CheckPeer = async (db, files) => {
  const clients = db.collection('clients');
  fail('the peer', differs('clients are there', await clients.countDocuments({}), files.length * ROWS));
  await clients.deleteMany({});
};

/** Every client, with their row at its end and both invitations sent. They stay, as those of the product do. */
export const checkBooks: CheckPeer = async (db, files) => {
  const { people, rows, invitations } = collectionsOf(db);
  const emailKey = { $in: files.flatMap(({ recipients }) => recipients) };
  const ids = await people.distinct('_id', { emailKey });
  const created = await rows.countDocuments({ _id: { $in: ids }, status: 'created' });
  const sent = await invitations.countDocuments({ personId: { $in: ids }, state: 'sent' });
  fail('the bookkeeper', [
    ...differs('clients are there', ids.length, files.length * ROWS),
    ...differs('rows are created', created, files.length * ROWS),
    ...differs('invitations are sent', sent, 2 * files.length * ROWS),
  ]);
};

const differs = (what: string, is: number, expected: number): string[] =>
  is === expected ? [] : [`${is} of ${expected} ${what}`];

function fail(who: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return;
  throw new Error(
    `By ${who}: ${wrong.slice(0, 5).join('; ')}${wrong.length > 5 ? `; and ${wrong.length - 5} more` : ''}`,
  );
}
