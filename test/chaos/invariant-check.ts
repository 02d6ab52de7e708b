import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../../contract/import';
import type { ImportProgress } from '../../contract/import';
import { QUERIES } from '../../contract/messages';
import { emailKey } from '../../domain/person';
import type { CallbackEntry } from '../../sandbox/callbacks/log';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import { collectionsOf } from '../../store/documents';
import type { Person } from '../support/people';
import { until } from '../support/until';
import { send } from './fault-profile';
import { endStates } from './imports';
import type { Upload } from './imports';
import {
  matchesLedger,
  noStateWentBack,
  nobodyTwice,
  nothingIsOpen,
  rejectedAsDeclared,
  rowsAddUp,
  viewsAgree,
} from './invariants';
import type { Evidence } from './invariants';
import type { Product } from './product';

const MOST_TRIES = 8;
const BETWEEN_TRIES_MS = 1_500;

/**
 * Checks the invariants of an import at rest, and returns each violation in words. The sandbox's ledger alone decides
 * what was sent; our own database is under test. `generations` is how often
 * each may have been sent: more than once only after a retry by staff.
 */
export async function checkInvariants(
  product: Product,
  upload: Upload,
  { tries = MOST_TRIES, generations = 1 }: { generations?: number; tries?: number } = {},
): Promise<string[]> {
  // Callbacks may still arrive between two looks; a real violation stays.
  for (let left = tries - 1; ; left--) {
    const violations = await checkOnce(product, upload, generations);
    if (violations.length === 0 || left === 0) return violations;
    await pause(BETWEEN_TRIES_MS);
  }
}

/** Waits until the import rests; returns it with the end states of its invitations and all violations. */
export async function checkAtRest(
  product: Product,
  upload: Upload,
  { timeoutMs = 180_000, generations = 1 }: { timeoutMs?: number; generations?: number } = {},
) {
  const importAtRest = await product.api.rest(upload.id, timeoutMs);
  const violations = await checkInvariants(product, upload, { generations });
  return { importAtRest, violations, ...endStates(importAtRest) };
}

async function checkOnce(product: Product, { id, rows, rejected }: Upload, generations: number): Promise<string[]> {
  const evidence = await gather(product, id, rows);
  return [
    ...rowsAddUp(evidence, rows),
    ...rejectedAsDeclared(evidence, rejected),
    ...nothingIsOpen(evidence),
    ...nobodyTwice(evidence, rows, generations),
    ...matchesLedger(evidence),
    ...noStateWentBack(evidence),
    ...viewsAgree(evidence),
    ...(await product.audit(id)),
  ];
}

async function gather(product: Product, importId: string, rows: readonly Person[]): Promise<Evidence> {
  const { db, api, temporal } = product;
  const { people, ...collections } = collectionsOf(db);
  const view = await api.rest(importId);
  const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
  const [ledger, query] = await Promise.all([
    acceptedMessages(product),
    // The workflow follows MongoDB a moment later, and a query needs a worker.
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

/** Waits until a provider has no report on a message left that it would post. */
export const untilReported = ({ sandboxUrl }: Pick<Product, 'sandboxUrl'>): Promise<unknown> =>
  until(
    'all reports to be posted',
    async () => {
      const { callbacks } = (await send(sandboxUrl, 'GET', '/__callbacks')) as { callbacks: CallbackEntry[] };
      return callbacks.filter(({ done }) => !done);
    },
    ({ length }) => length === 0,
    60_000,
  );

/** All messages that both providers have accepted so far. */
export const acceptedMessages = async ({ sandboxUrl }: Pick<Product, 'sandboxUrl'>): Promise<LedgerMessage[]> =>
  ((await send(sandboxUrl, 'GET', '/__ledger')) as { messages: LedgerMessage[] }).messages;
