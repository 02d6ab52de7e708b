import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportProgress, ImportStatus } from '../contract/import';
import type { Channel, InvitationState } from '../contract/invitation';
import type { Problem } from '../contract/problem';
import type { RowStatus } from '../contract/row';

export interface AcceptedImport {
  id: string;
  fileName: string;
}

export interface ImportView extends Pick<ImportProgress, 'lines' | 'rows' | 'invitations'> {
  id: string;
  fileName: string;
  status: ImportStatus;
  problems: Problem[];
  links: { temporalUi: string };
}

export interface RowView {
  row: number;
  status: RowStatus;
  problems: Problem[];
  invitations: { channel: Channel; state: InvitationState; problem: Problem | null }[];
}

/** Something that keeps the command from doing its work; the text is for the person at the terminal. */
export class CliError extends Error {
  override readonly name = 'CliError';

  /** `aboutFile`: it concerns the file that was uploaded, and another one may do better. */
  constructor(
    message: string,
    readonly aboutFile = false,
  ) {
    super(message);
  }
}

const ABOUT_THE_FILE = [400, 413, 422];

/**
 * The API as the command line uses it: the same routes that everybody else has, at the address that the person gave.
 */
export function createApiClient(url: string, key: string) {
  const headers = { Authorization: `Bearer ${key}` };

  async function call<T>(target: string, init: RequestInit = {}): Promise<T> {
    let response: Response;
    try {
      response = await fetch(target, { ...init, headers });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new CliError(`The API at ${url} cannot be reached (${cause}). Is it running? Start it with: npm start`);
    }
    const body: unknown = await response.json().catch(() => ({}));
    if (!response.ok) throw new CliError(refusal(response.status, body), ABOUT_THE_FILE.includes(response.status));
    return body as T;
  }

  return {
    /** Uploads one file: no limit on the files of one upload can be met, and a refusal is about this file alone. */
    async upload(path: string): Promise<AcceptedImport> {
      const form = new FormData();
      form.append('files', await contentOf(path), basename(path));
      const { imports } = await call<{ imports: AcceptedImport[] }>(`${url}/v1/imports`, {
        method: 'POST',
        body: form,
      });
      return imports[0]!;
    },

    status: (id: string): Promise<ImportView> => call<ImportView>(`${url}/v1/imports/${id}`),

    /** All rows in this status, page by page. */
    async rows(id: string, status: RowStatus | InvitationState): Promise<RowView[]> {
      const all: RowView[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const page: { data: RowView[]; next: number | null } = await call(
          `${url}/v1/imports/${id}/rows?status=${status}&after=${after}&limit=500`,
        );
        all.push(...page.data);
        after = page.next;
      }
      return all;
    },
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

async function contentOf(path: string): Promise<Blob> {
  try {
    return new Blob([await readFile(path)]);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(`The file ${path} cannot be read (${reason}). Check its name; nothing of this upload was sent.`);
  }
}

function refusal(status: number, body: unknown): string {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
  return typeof detail === 'string' ? detail : `The API answered ${status} without saying why.`;
}
