import type { ImportKind, ImportProgress } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import type { WebhookEvent } from '../../contract/webhooks/webhooks';

/**
 * The body of a webhook, as the Standard Webhooks have it: `type`, `timestamp` (when it happened) and `data`. It holds ids, counts
 * and links and no personal data, of which the name of a file may be some.
 */
const bodyOf = (type: WebhookEvent, at: Date, data: object): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data });

interface RestedImport {
  progress: ImportProgress;
  kind: ImportKind;
  batch: string;
  /** The status of which it tells; that of the counts may be a later one. */
  status: ImportStatus;
  /** Higher for a later status of the import: webhooks may arrive in any order. */
  sequence: number;
}

export function importBody(
  event: WebhookEvent,
  at: Date,
  { progress, kind, batch, status, sequence }: RestedImport,
  publicUrl: string,
): string {
  const { importId, lines, rows, invitations } = progress;
  const self = `${publicUrl}/v1/imports/${importId}`;
  const links = { self, rows: `${self}/rows`, report: `${self}/report.csv`, failedRows: `${self}/failed-rows.csv` };
  return bodyOf(event, at, { import: importId, batch, kind, status, sequence, lines, rows, invitations, links });
}

export function batchBody(
  at: Date,
  batch: string,
  sequence: number,
  imports: readonly { id: string; status: ImportStatus }[],
  publicUrl: string,
): string {
  const links = {
    self: `${publicUrl}/v1/batches/${batch}`,
    imports: `${publicUrl}/v1/imports?batch=${batch}&limit=500`,
  };
  return bodyOf('batch.rested', at, { batch, sequence, imports, links });
}

export const testBody = (at: Date, endpoint: string): string => bodyOf('endpoint.test', at, { endpoint });
