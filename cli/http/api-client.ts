import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../contract/invitation';
import type { Choices } from '../../contract/question';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { assertKey, assertUrl, causeOf, notOurs, toCliError, unreachable } from './api-errors';
import { CliError, reasonOf } from './cli-error';
import { fileNameIn } from './file-name';
import type {
  AcceptedImport,
  AuditView,
  Download,
  IgnoreSelection,
  ImportView,
  RowCorrection,
  RowView,
  UploadOptions,
} from './views';

const PAGE = 500;
const KEY_HEADER = 'Idempotency-Key';
/** An API that was killed is back in about this time. */
const RETRY_AFTER_MS = 2_000;

export type ControlAction = 'pause' | 'resume' | 'cancel';

/** The routes of the API that the command line uses. Every method throws a `CliError` that says what to do. */
export function createApiClient(givenUrl: string, key: string) {
  const url = assertUrl(givenUrl);
  assertKey(key);

  /** Sends again where the answer was lost and an idempotency key makes that safe. */
  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Authorization: `Bearer ${key}` };
    const attempt = () => fetch(`${url}${path}`, { ...init, headers });
    try {
      return await attempt();
    } catch (error) {
      if (!(KEY_HEADER in headers) || neverArrived(error)) throw error;
      await sleep(RETRY_AFTER_MS);
      return attempt();
    }
  }

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    let response: Response;
    try {
      response = await send(path, init);
    } catch (error) {
      throw unreachable(url, error);
    }
    if (!response.ok) throw toCliError(url, response.status, await response.json().catch(() => null));
    return response;
  }

  async function callForJson<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await call(path, init);
    try {
      return (await response.json()) as T;
    } catch {
      throw new CliError(notOurs(url));
    }
  }

  /** Reads the whole file first, so that a broken transfer saves nothing. */
  async function download(path: string, fallback: string): Promise<Download> {
    const response = await call(path);
    const name = fileNameIn(response.headers.get('Content-Disposition'), fallback);
    try {
      return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      throw new CliError(`The download broke off (${causeOf(error)}), and nothing was saved. Try again.`);
    }
  }

  return {
    /**
     * Uploads one file per request: the limit on files in an upload never applies, and a rejection concerns this file alone.
     * Idempotent by its key.
     */
    async upload(path: string, options: UploadOptions, idempotencyKey: string): Promise<AcceptedImport> {
      const form = new FormData();
      for (const [field, value] of Object.entries(options))
        form.append(field, typeof value === 'object' ? JSON.stringify(value) : String(value));
      form.append('files', await readBlob(path), basename(path));
      const { imports } = await callForJson<{ imports: AcceptedImport[] }>('/v1/imports', {
        method: 'POST',
        body: form,
        headers: { [KEY_HEADER]: idempotencyKey },
      });
      return imports[0]!;
    },

    findImport: (id: string): Promise<ImportView> => callForJson<ImportView>(importPath(id)),

    /** All rows, page by page. */
    async listRows(id: string): Promise<RowView[]> {
      const all: RowView[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const page: { data: RowView[]; next: number | null } = await callForJson(
          `${importPath(id)}/rows?after=${after}&limit=${PAGE}`,
        );
        all.push(...page.data);
        after = page.next;
      }
      return all;
    },

    async findRow(id: string, line: number): Promise<RowView> {
      const { data } = await callForJson<{ data: RowView[] }>(`${importPath(id)}/rows?after=${line - 1}&limit=1`);
      return data[0]!;
    },

    /** The ids of all imports, the newest first. */
    async *listImportIds(): AsyncGenerator<string> {
      let after: string | null = '';
      while (after !== null) {
        const page: { data: { id: string }[]; next: string | null } = await callForJson(
          `/v1/imports?limit=100${after === '' ? '' : `&after=${after}`}`,
        );
        for (const { id } of page.data) yield id;
        after = page.next;
      }
    },

    async applyPlan(id: string, planHash: string): Promise<void> {
      await call(`${importPath(id)}/apply`, withBody('POST', { planHash }));
    },

    /** Plans the file anew with these choices. */
    choose: (id: string, choices: Choices & { keepMapping?: boolean }): Promise<ImportView> =>
      callForJson<ImportView>(`${importPath(id)}/choices`, withBody('POST', choices)),

    /** Returns whether it is in effect already; otherwise it is accepted. */
    async controlImport(id: string, action: ControlAction): Promise<boolean> {
      return (await call(`${importPath(id)}/${action}`, { method: 'POST' })).status === 200;
    },

    /** Returns how many invitations are sent again, by channel. */
    async retryInvitations(id: string, request: RetryRequest): Promise<RetryReceipt> {
      const path = `${importPath(id)}/retries`;
      return (await callForJson<{ retrying: RetryReceipt }>(path, withBody('POST', request))).retrying;
    },

    /** Returns how many reminders are sent, by channel. */
    async remind(
      id: string,
      selection: { all?: true; rows?: number[]; channels?: Channel[] },
    ): Promise<Record<Channel, number>> {
      const path = `${importPath(id)}/reminders`;
      return (await callForJson<{ reminding: Record<Channel, number> }>(path, withBody('POST', selection))).reminding;
    },

    /** Corrects one row in place. Returns whether that changed anything. */
    async correctRow(id: string, line: number, correction: RowCorrection): Promise<boolean> {
      const { status } = await call(`${importPath(id)}/rows/${line}`, withBody('PATCH', correction));
      return status === 202;
    },

    /** Puts rows aside, by line or by suggestion. Returns those that were not put aside before. */
    async ignoreRows(id: string, selection: IgnoreSelection): Promise<number[]> {
      const path = `${importPath(id)}/ignored-rows`;
      return (await callForJson<{ ignored: number[] }>(path, withBody('POST', selection))).ignored;
    },

    /** Returns whether the row was put aside. */
    async takeRowBack(id: string, line: number): Promise<boolean> {
      return (await call(`${importPath(id)}/rows/${line}/ignore`, { method: 'DELETE' })).status === 202;
    },

    auditImport: (id: string): Promise<AuditView> => callForJson<AuditView>(`${importPath(id)}/audit`),

    downloadFailedRows: (id: string) => download(`${importPath(id)}/failed-rows.csv`, 'failed-rows.csv'),
    downloadReport: (id: string) => download(`${importPath(id)}/report.csv`, 'report.csv'),
    downloadTemplate: (name: string) => download(`/v1/templates/${name}`, name),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

const importPath = (id: string): string => `/v1/imports/${encodeURIComponent(id)}`;

const withBody = (method: 'POST' | 'PATCH', body: object): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

const neverArrived = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code === 'ECONNREFUSED';

async function readBlob(path: string): Promise<Blob> {
  try {
    return new Blob([await readFile(path)]);
  } catch (error) {
    throw new CliError(`The file ${path} cannot be read (${reasonOf(error)}).`);
  }
}
