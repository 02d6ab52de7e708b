import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '../../contract/invitation';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { CliError, reasonOf } from './cli-error';
import type { RowCorrection } from '../commands/correct-row';
import { fileNameIn } from './file-name';
import type { AcceptedImport, AuditView, Download, ImportView, RowView, UploadOptions } from './views';

const PAGE = 500;
const KEY_HEADER = 'Idempotency-Key';
/** An API that was killed is back in about this time, in milliseconds. */
const AGAIN_AFTER_MS = 2_000;

export type HoldAction = 'pause' | 'resume' | 'cancel';

/** The API as the command line uses it: the same routes that everybody else has, at the address that the person gave. */
export function createApiClient(givenUrl: string, key: string) {
  const url = assertUrl(givenUrl);
  assertKey(key);

  /** Once more where the answer was lost and the API can tell by a key that it is the same request. */
  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Authorization: `Bearer ${key}` };
    const attempt = () => fetch(`${url}${path}`, { ...init, headers });
    try {
      return await attempt();
    } catch (error) {
      if (!(KEY_HEADER in headers) || neverArrived(error)) throw error;
      await pause(AGAIN_AFTER_MS);
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
    if (!response.ok) throw refusal(url, response.status, await response.json().catch(() => null));
    return response;
  }

  async function answer<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await call(path, init);
    try {
      return (await response.json()) as T;
    } catch {
      throw new CliError(notOurs(url));
    }
  }

  const importAt = (id: string): string => `/v1/imports/${encodeURIComponent(id)}`;

  return {
    /**
     * Uploads one file: no limit on the files of one upload can be met, and a refusal is about this file alone. With the
     * same key it is imported once, however often it is sent.
     */
    async upload(path: string, options: UploadOptions, idempotencyKey: string): Promise<AcceptedImport> {
      const form = new FormData();
      for (const [field, value] of Object.entries(options)) form.append(field, String(value));
      form.append('files', await contentOf(path), basename(path));
      const { imports } = await answer<{ imports: AcceptedImport[] }>('/v1/imports', {
        method: 'POST',
        body: form,
        headers: { [KEY_HEADER]: idempotencyKey },
      });
      return imports[0]!;
    },

    find: (id: string): Promise<ImportView> => answer<ImportView>(importAt(id)),

    /** All rows, page by page. */
    async rows(id: string): Promise<RowView[]> {
      const all: RowView[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const page: { data: RowView[]; next: number | null } = await answer(
          `${importAt(id)}/rows?after=${after}&limit=${PAGE}`,
        );
        all.push(...page.data);
        after = page.next;
      }
      return all;
    },

    /** Has the plan of a preview carried out. */
    async apply(id: string, planHash: string): Promise<void> {
      await call(`${importAt(id)}/apply`, {
        method: 'POST',
        body: JSON.stringify({ planHash }),
        headers: { 'Content-Type': 'application/json' },
      });
    },

    /** Has invitations sent once more that were not accepted. */
    async remind(id: string, selection: { rows?: number[]; channels?: Channel[] }): Promise<Record<Channel, number>> {
      const { reminding } = await answer<{ reminding: Record<Channel, number> }>(`${importAt(id)}/reminders`, {
        method: 'POST',
        body: JSON.stringify(selection),
        headers: { 'Content-Type': 'application/json' },
      });
      return reminding;
    },

    /** Holds an import back, lets it go on, or ends it. */
    async hold(id: string, action: HoldAction): Promise<void> {
      await call(`${importAt(id)}/${action}`, { method: 'POST' });
    },

    /** Has failed invitations sent again. */
    async retry(id: string, request: RetryRequest): Promise<RetryReceipt> {
      const { retrying } = await answer<{ retrying: RetryReceipt }>(`${importAt(id)}/retries`, {
        method: 'POST',
        body: JSON.stringify(request),
        headers: { 'Content-Type': 'application/json' },
      });
      return retrying;
    },

    audit: (id: string): Promise<AuditView> => answer<AuditView>(`${importAt(id)}/audit`),

    /** The ids of all imports, the newest first. */
    async *importIds(): AsyncGenerator<string> {
      let after: string | null = '';
      while (after !== null) {
        const page: { data: { id: string }[]; next: string | null } = await answer(
          `/v1/imports?limit=100${after === '' ? '' : `&after=${after}`}`,
        );
        for (const { id } of page.data) yield id;
        after = page.next;
      }
    },

    /** Corrects one row in place. Returns whether anything is different now. */
    async correct(id: string, line: number, changes: RowCorrection): Promise<boolean> {
      const { status } = await call(`${importAt(id)}/rows/${line}`, {
        method: 'PATCH',
        body: JSON.stringify(changes),
        headers: { 'Content-Type': 'application/json' },
      });
      return status === 202;
    },

    async row(id: string, line: number): Promise<RowView> {
      const { data } = await answer<{ data: RowView[] }>(`${importAt(id)}/rows?after=${line - 1}&limit=1`);
      return data[0]!;
    },

    failedRows: (id: string): Promise<Download> => download(`${importAt(id)}/failed-rows.csv`, 'failed-rows.csv'),
    report: (id: string): Promise<Download> => download(`${importAt(id)}/report.csv`, 'report.csv'),
    template: (name: string): Promise<Download> => download(`/v1/templates/${name}`, name),
  };

  /** As a whole, so that a file whose answer breaks off is not saved half. */
  async function download(path: string, fallback: string): Promise<Download> {
    const response = await call(path);
    const name = fileNameIn(response.headers.get('Content-Disposition'), fallback);
    try {
      return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      throw new CliError(`The file broke off on its way (${causeOf(error)}), and nothing was saved. Try again.`);
    }
  }
}
export type ApiClient = ReturnType<typeof createApiClient>;

async function contentOf(path: string): Promise<Blob> {
  try {
    return new Blob([await readFile(path)]);
  } catch (error) {
    throw new CliError(`The file ${path} cannot be read (${reasonOf(error)}).`);
  }
}

function assertUrl(url: string): string {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return url.replace(/\/+$/, '');
  throw new CliError(
    `"${url}" is no address of the API. Give one such as http://127.0.0.1:3000 with --url, or set CLIENT_IMPORT_URL.`,
  );
}

function assertKey(key: string): void {
  if (/^[\w-]+$/.test(key)) return;
  throw new CliError(`The key has characters in it that no key has. Copy it again, without quotes or spaces. ${KEYS}`);
}

const KEYS = 'Give it with --key, or set CLIENT_IMPORT_KEY. The keys of a local start are in .client-import/keys.json.';

export const missingKey = (): CliError => new CliError(`There is no API key. ${KEYS}`);

const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message || reasonOf(error.cause) : String(error);

const neverArrived = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code === 'ECONNREFUSED';

const unreachable = (url: string, error: unknown): CliError =>
  new CliError(
    `The API at ${url} cannot be reached (${causeOf(error)}). Is it running? On this machine it is started with: npm start. ` +
      'If it runs elsewhere, give its address with --url, or set CLIENT_IMPORT_URL.',
  );

const notOurs = (url: string): string =>
  `What answers at ${url} is not the API of client-import. Give the right address with --url, or set CLIENT_IMPORT_URL.`;

const withoutReason = (url: string, status: number): string =>
  status >= 500
    ? `The API at ${url} answered ${status} without saying why. Try again in a few seconds.`
    : `${notOurs(url)} It answered ${status}.`;

function refusal(url: string, status: number, body: unknown): CliError {
  const { detail, code } = (body ?? {}) as { detail?: unknown; code?: unknown };
  const answer = { status, code: typeof code === 'string' ? code : null };
  if (typeof detail !== 'string') return new CliError(withoutReason(url, status), answer);
  if (status === 401) return new CliError(`The API does not know this key. ${KEYS}`, answer);
  if (status === 403) return new CliError(`${detail} Use the key of somebody who may, with --key.`, answer);
  return new CliError(detail, answer);
}
