import { setTimeout as sleep } from 'node:timers/promises';
import { createApi } from '../../client/index';
import type { Channel } from '../../contract/invitation';
import type { Choices } from '../../contract/question';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { assertKey, assertUrl, causeOf, notOurs, toCliError, unreachable } from './api-errors';
import { CliError } from './cli-error';
import { fileNameIn } from './file-name';
import { createLists } from './lists';
import { createTexts } from './texts';
import type { AcceptedUpload, AuditView, BatchOutcome, BatchView, Download, ErasedPerson, UndoView } from './views';
import type { FoundPeopleView, IgnoreSelection, ImportView, RowCorrection, RowStoryView, RowView } from './views';
import type { PlanTimes, ScheduleRequest } from './views';
import type { UploadFile, UploadOptions } from './views';

const KEY_HEADER = 'idempotency-key';
/** An API that was killed is back in about this time. */
const RETRY_AFTER_MS = 2_000;

export type ControlAction = 'pause' | 'resume' | 'cancel';

/** The routes of the API that the command line uses. Every method throws a `CliError` that says what to do. */
export function createApiClient(givenUrl: string, key: string) {
  const url = assertUrl(givenUrl);
  assertKey(key);

  /** Sends again where the answer was lost and an idempotency key makes that safe. */
  async function send(request: Request): Promise<Response> {
    const again = request.headers.has(KEY_HEADER) ? request.clone() : undefined;
    try {
      try {
        return await fetch(request);
      } catch (error) {
        if (!again || neverArrived(error)) throw error;
        await sleep(RETRY_AFTER_MS);
        return await fetch(again);
      }
    } catch (error) {
      throw unreachable(url, error);
    }
  }
  const api = createApi({ baseUrl: url, key, fetch: send });

  async function answerOf<A extends { response: Response; error?: unknown }>(asked: Promise<A>): Promise<A> {
    const answer = await asked.catch((error: unknown) => {
      throw error instanceof SyntaxError ? new CliError(notOurs(url)) : error;
    });
    if (!answer.response.ok) throw toCliError(url, answer.response.status, answer.error);
    return answer;
  }

  const dataOf = async <T>(asked: Promise<{ response: Response; data?: T; error?: unknown }>): Promise<T> =>
    (await answerOf(asked)).data!;

  /** Reads the whole file first, so that a broken transfer saves nothing. */
  async function download(
    asked: Promise<{ response: Response; data?: ArrayBuffer; error?: unknown }>,
    fallback: string,
  ): Promise<Download> {
    try {
      const { response, data } = await answerOf(asked);
      return { name: fileNameIn(response.headers.get('Content-Disposition'), fallback), bytes: new Uint8Array(data!) };
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(`The download broke off (${causeOf(error)}), and nothing was saved. Try again.`);
    }
  }
  const asFile = (id: string) => ({ params: { path: { id } }, parseAs: 'arrayBuffer' }) as const;

  const lists = createLists(api, dataOf);

  return {
    ...lists,
    ...createTexts(api, dataOf),

    /** Uploads files as one batch. Idempotent by its key. */
    async upload(
      files: readonly UploadFile[],
      options: UploadOptions,
      idempotencyKey: string,
    ): Promise<AcceptedUpload> {
      const form = new FormData();
      for (const [field, value] of Object.entries(options))
        form.append(field, typeof value === 'object' ? JSON.stringify(value) : String(value));
      for (const { name, read } of files) form.append('files', new Blob([await read()]), name);
      return dataOf(
        api.POST('/v1/imports', {
          params: { header: { [KEY_HEADER]: idempotencyKey } },
          body: { files: files.map(({ name }) => name) } as never,
          bodySerializer: () => form,
        }),
      );
    },

    findBatch: (id: string): Promise<BatchView> => dataOf(api.GET('/v1/batches/{id}', { params: { path: { id } } })),

    /** Returns what has become of it, file by file. */
    controlBatch: async (id: string, action: ControlAction): Promise<BatchOutcome[]> =>
      (await dataOf(api.POST(`/v1/batches/{id}/${action}`, { params: { path: { id } } }))).imports,

    retryBatch: async (id: string, request: RetryRequest): Promise<BatchOutcome[]> =>
      (await dataOf(api.POST('/v1/batches/{id}/retries', { params: { path: { id } }, body: request }))).imports,

    downloadBatchReport: (id: string, format: 'csv' | 'xlsx') =>
      download(api.GET(`/v1/batches/{id}/report.${format}`, asFile(id)), `report.${format}`),
    downloadBatchFailedRows: (id: string) =>
      download(api.GET('/v1/batches/{id}/failed-rows.zip', asFile(id)), 'failed-rows.zip'),

    findImport: (id: string): Promise<ImportView> => dataOf(api.GET('/v1/imports/{id}', { params: { path: { id } } })),

    /** All rows. */
    async listRows(id: string): Promise<RowView[]> {
      const all: RowView[] = [];
      for await (const row of lists.listRowsOf(id)) all.push(row);
      return all;
    },

    /** The row with everything that has happened to it. */
    findRow: (id: string, line: number): Promise<RowStoryView> =>
      dataOf(api.GET('/v1/imports/{id}/rows/{line}', { params: { path: { id, line: `${line}` } } })),

    findPeople: (q: string): Promise<FoundPeopleView> => dataOf(api.GET('/v1/people', { params: { query: { q } } })),

    async applyPlan(id: string, planHash: string, when: PlanTimes = {}): Promise<void> {
      await answerOf(api.POST('/v1/imports/{id}/apply', { params: { path: { id } }, body: { planHash, ...when } }));
    },

    /** What the undo of an import would do, or has done; with the hash of that, carries it out. */
    undoImport: (id: string, planHash?: string): Promise<UndoView> =>
      dataOf(
        api.POST('/v1/imports/{id}/undo', {
          params: { path: { id } },
          body: { ...(planHash !== undefined && { planHash }) },
        }),
      ),

    /** Plans the file anew with these choices. */
    choose: (id: string, choices: Choices & { keepMapping?: boolean }): Promise<ImportView> =>
      dataOf(api.POST('/v1/imports/{id}/choices', { params: { path: { id } }, body: choices as never })),

    /** Returns whether it is in effect already; otherwise it is accepted. */
    async controlImport(id: string, action: ControlAction): Promise<boolean> {
      const { response } = await answerOf(api.POST(`/v1/imports/{id}/${action}`, { params: { path: { id } } }));
      return response.status === 200;
    },

    scheduleImport: (id: string, body: ScheduleRequest): Promise<ImportView> =>
      dataOf(api.POST('/v1/imports/{id}/schedule', { params: { path: { id } }, body })),

    /** Returns how many invitations are sent again, by channel. */
    async retryInvitations(id: string, request: RetryRequest): Promise<RetryReceipt> {
      const body = request;
      return (await dataOf(api.POST('/v1/imports/{id}/retries', { params: { path: { id } }, body }))).retrying;
    },

    /** Returns how many reminders are sent, by channel. */
    async remind(
      id: string,
      body: { all?: true; rows?: number[]; channels?: Channel[] },
    ): Promise<Record<Channel, number>> {
      return (await dataOf(api.POST('/v1/imports/{id}/reminders', { params: { path: { id } }, body }))).reminding;
    },

    /** Corrects one row in place. Returns whether that changed anything. */
    async correctRow(id: string, line: number, body: RowCorrection): Promise<boolean> {
      const path = { id, line: `${line}` };
      const { response } = await answerOf(api.PATCH('/v1/imports/{id}/rows/{line}', { params: { path }, body }));
      return response.status === 202;
    },

    /** Puts rows aside, by line or by suggestion. Returns those that were not put aside before. */
    ignoreRows: async (id: string, selection: IgnoreSelection): Promise<number[]> =>
      (await dataOf(api.POST('/v1/imports/{id}/ignored-rows', { params: { path: { id } }, body: selection as never })))
        .ignored,

    /** Returns whether the row was put aside. */
    async takeRowBack(id: string, line: number): Promise<boolean> {
      const path = { id, line: String(line) as never };
      const { response } = await answerOf(api.DELETE('/v1/imports/{id}/rows/{line}/ignore', { params: { path } }));
      return response.status === 202;
    },

    /** Idempotent; without `removed` it is under way. */
    erasePerson: (kind: 'clients' | 'staff', id: string): Promise<ErasedPerson> =>
      dataOf(api.DELETE(`/v1/${kind}/{id}/personal-data`, { params: { path: { id } } })),

    auditImport: (id: string): Promise<AuditView> =>
      dataOf(api.GET('/v1/imports/{id}/audit', { params: { path: { id } } })),

    downloadFailedRows: (id: string) =>
      download(api.GET('/v1/imports/{id}/failed-rows.csv', asFile(id)), 'failed-rows.csv'),
    downloadReport: (id: string) => download(api.GET('/v1/imports/{id}/report.csv', asFile(id)), 'report.csv'),
    downloadTemplate: (name: string) =>
      download(
        api.GET('/v1/templates/{name}', { params: { path: { name: name as never } }, parseAs: 'arrayBuffer' }),
        name,
      ),
    downloadEvents: (format: 'ndjson' | 'csv') =>
      download(api.GET(`/v1/events.${format}`, { parseAs: 'arrayBuffer' }), `audit-log.${format}`),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

const neverArrived = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code === 'ECONNREFUSED';
