import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../../contract/import';
import type { ImportProgress } from '../../contract/import';
import { QUERIES } from '../../contract/messages';
import { emailKey } from '../../domain/person';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import { collectionsOf } from '../../store/collections';
import type { Person } from '../support/people';
import { until } from '../support/until';
import { send } from './fault-profile';
import { booksMatchTheLedger, noStateWentBack, nobodyTwice, nothingIsOpen, rowsAddUp, viewsAgree } from './invariants';
import type { Evidence } from './invariants';
import type { Product } from './product';

const MOST_TRIES = 8;
const BETWEEN_TRIES_MS = 1_500;

/**
 * Tries an import at rest for the six invariants and returns each violation in words; nothing if all is well. What was sent
 * is judged by the sandbox's ledger alone; our database is what stands trial. `rows` are the people of the file, all of whom
 * can be imported. `generations` is how often each may have been sent, which is more than once only after a retry by staff.
 */
export async function judge(
  product: Product,
  importId: string,
  rows: readonly Person[],
  { tries = MOST_TRIES, ...options }: { generations?: number; tries?: number } = {},
): Promise<string[]> {
  // Callbacks may still come in, and one between two looks is not a contradiction: what is wrong stays wrong.
  for (let left = tries - 1; ; left--) {
    const violations = await tryOnce(product, importId, rows, options);
    if (violations.length === 0 || left === 0) return violations;
    await pause(BETWEEN_TRIES_MS);
  }
}

async function tryOnce(
  product: Product,
  importId: string,
  rows: readonly Person[],
  { generations = 1 }: { generations?: number },
): Promise<string[]> {
  const evidence = await gather(product, importId, rows);
  return [
    ...rowsAddUp(evidence, rows),
    ...nothingIsOpen(evidence),
    ...nobodyTwice(evidence, rows, generations),
    ...booksMatchTheLedger(evidence),
    ...noStateWentBack(evidence),
    ...viewsAgree(evidence),
    ...(await product.audit(importId)),
  ];
}

async function gather(product: Product, importId: string, rows: readonly Person[]): Promise<Evidence> {
  const { db, api, temporal } = product;
  const { people, ...collections } = collectionsOf(db);
  const view = await api.rest(importId);
  const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
  const [ledger, query] = await Promise.all([
    acceptedMessages(product),
    // The workflow hears of what MongoDB knows a moment later, and a worker has to be there to be asked.
    until(
      'the workflow to know of the end',
      () => temporal.workflow.getHandle(importWorkflowId(importId)).query<ImportProgress>(QUERIES.progress),
      ({ status }) => status === view.status,
      60_000,
    ),
  ]);
  const { status } = await temporal.workflow.getHandle(importWorkflowId(importId)).describe();
  const report = await fetch(`${product.settings.apiUrl}/v1/imports/${importId}/report.csv`, {
    headers: { Authorization: `Bearer ${api.key}` },
  });
  return {
    ledger: ledger.filter(({ to }) => addresses.has(to)),
    rows: await collections.rows.find({ importId }).sort({ row: 1 }).toArray(),
    people: await people.find({ emailKey: { $in: rows.map(({ email }) => emailKey(email)) } }).toArray(),
    invitations: await collections.invitations.find({ importId }).toArray(),
    api: await api.find(importId),
    query,
    isClosed: status.name !== 'RUNNING',
    report: parse(await report.text(), { bom: true, columns: true }),
  };
}

/** All that both providers have accepted so far. */
export const acceptedMessages = async ({ sandboxUrl }: Pick<Product, 'sandboxUrl'>): Promise<LedgerMessage[]> =>
  ((await send(sandboxUrl, 'GET', '/__ledger')) as { messages: LedgerMessage[] }).messages;
