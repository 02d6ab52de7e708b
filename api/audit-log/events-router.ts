import { exportEntry } from '../../domain/audit-log/chain';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import { AUDIT_LOG_HEADER, auditLogLine, auditLogRecord } from '../../domain/exports/audit-log';
import { encodeText, SPREADSHEET_DIALECT, toCsvText } from '../../domain/exports/write-csv';
import type { Store } from '../../store/index';
import type { AppDeps } from '../app-deps';
import { streamFile } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { cutPage, pageReply } from '../routing/page';
import { route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { exportEvents, exportEventsAsCsv, listEvents } from './event-routes';

/** Entries of one part of a download. */
const PART = 500;

/** The audit log of the organisation: who did what, when and from where. */
export const createEventsRoutes = ({ store, linkBase }: Pick<AppDeps, 'store' | 'linkBase'>): Route[] => [
  route(listEvents, async ({ query }, request) => {
    const { import: importId, actor, action, after, limit } = query;
    const found = await store.auditLog.list({
      organisationId: callerOf(request).organisationId,
      limit: limit + 1,
      ...(after !== undefined && { before: after }),
      ...(importId !== undefined && { targets: [{ kind: 'import', id: importId }] }),
      ...(actor !== undefined && { actorId: actor }),
      ...(action !== undefined && { action }),
    });
    const { data, next } = cutPage(found, limit, ({ sequence }) => sequence);
    return pageReply(request, linkBase, { data: data.map(exportEntry), next });
  }),

  route(exportEvents, async (_input, request, response) => {
    const parts = partsOf(store, callerOf(request).organisationId, (entries) =>
      Buffer.from(entries.map(auditLogLine).join('')),
    );
    await streamFile(response, { name: 'audit-log.ndjson', type: 'application/x-ndjson' }, parts);
    return WRITTEN;
  }),

  route(exportEventsAsCsv, async (_input, request, response) => {
    const parts = csvParts(store, callerOf(request).organisationId);
    await streamFile(response, { name: 'audit-log.csv', type: 'text/csv; charset=utf-8; header=present' }, parts);
    return WRITTEN;
  }),
];

async function* partsOf(
  { auditLog }: Pick<Store, 'auditLog'>,
  organisationId: string,
  write: (entries: ExportedEntry[]) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  let part: ExportedEntry[] = [];
  for await (const entry of auditLog.all(organisationId)) {
    part.push(exportEntry(entry));
    if (part.length < PART) continue;
    yield write(part);
    part = [];
  }
  if (part.length > 0) yield write(part);
}

async function* csvParts(store: Pick<Store, 'auditLog'>, organisationId: string): AsyncGenerator<Uint8Array> {
  yield encodeText(toCsvText([AUDIT_LOG_HEADER], SPREADSHEET_DIALECT), SPREADSHEET_DIALECT);
  const withoutMark = { ...SPREADSHEET_DIALECT, byteOrderMark: false };
  yield* partsOf(store, organisationId, (entries) =>
    encodeText(toCsvText(entries.map(auditLogRecord), SPREADSHEET_DIALECT), withoutMark),
  );
}
