import { isResting } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { Problem, Repair } from '../../contract/problem';
import type { Choices } from '../../contract/question';
import type { QuestionView } from '../../domain/problems/question-texts';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';
import type { RowStatus } from '../../contract/row';
import type { DeferReason } from '../../contract/sending/schedule';
import { until } from './until';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface ImportAnswer extends Omit<ImportProgress, 'importId'> {
  id: string;
  fileName: string;
  kind: string;
  closedAt: string | null;
  corrects: string | null;
  problems: Problem[];
  questions: QuestionView[];
  options: Record<string, unknown>;
  plan: {
    hash: string;
    expiresAt: string | null;
    appliedAt: string | null;
    actions: Record<PlannedAction, number>;
    messages: Record<Channel, number>;
    smsSegments: number;
    atFirst?: { messages: Record<Channel, number>; smsSegments: number };
  } | null;
  union: {
    lines: number;
    done: number;
    waiting: number;
    open: number;
    passes: { importId: string; lines: number; done: number }[];
  } | null;
  schedule: { sendAt: string | null; spread: string | null; ignoresQuietHours: boolean };
  deferred: { channel: Channel; because: DeferReason; count: number; from: string; to: string }[];
  links: { self: string; rows: string; events: string; retries: string; temporalUi: string };
}

export interface RowAnswer {
  row: number;
  status: RowStatus;
  plan: RowPlan & { smsSegments: number };
  person: { firstName: string; lastName: string; email: string; mobile: string };
  problems: Problem[];
  repairs: Repair[];
  ignored: { reason: string | null; at: string } | null;
  /** Whether another file has corrected the row. */
  corrected: boolean;
  invitations: {
    channel: string;
    state: string;
    generation: number;
    attempts: number;
    problem: Problem | null;
    deferred: { until: string; because: DeferReason; localTime: string | null; message: string } | null;
  }[];
}

export interface UploadedFile {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}

export interface UploadAnswer {
  batch: string;
  imports: { id: string; fileName: string; status: string; links: ImportAnswer['links'] }[];
}

/** Calls the API with one key, by plain HTTP. */
export function createApiCaller(url: string, key: string) {
  async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Authorization: `Bearer ${key}` };
    const response = await fetch(`${url}${path}`, { ...init, method, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) as T };
  }
  const get = <T>(path: string): Promise<Answer<T>> => call<T>('GET', path);
  /** Whose plan is accepted and will be applied, as where Temporal takes its time to answer. They still wait, and not for anybody. */
  const accepted = new Set<string>();

  const api = {
    key,
    call,
    get,
    upload: (...files: UploadedFile[]): Promise<Answer<UploadAnswer>> => api.uploadWith({}, ...files),
    /** With further fields of the form, such as `mode` or `kind`. */
    uploadWith: (options: Record<string, string>, ...files: UploadedFile[]): Promise<Answer<UploadAnswer>> =>
      api.uploadAs({}, options, ...files),
    /** With headers of the request, such as an `Idempotency-Key`. */
    uploadAs(
      headers: Record<string, string>,
      options: Record<string, string>,
      ...files: UploadedFile[]
    ): Promise<Answer<UploadAnswer>> {
      const form = new FormData();
      for (const [field, value] of Object.entries(options)) form.append(field, value);
      for (const { name, content } of files) form.append('files', new Blob([content]), name);
      return call<UploadAnswer>('POST', '/v1/imports', { body: form, headers });
    },
    importId: (content: UploadedFile['content'], name = 'clients.csv'): Promise<string> =>
      api.importIdWith({}, content, name),
    async importIdWith(
      options: Record<string, string>,
      content: UploadedFile['content'],
      name = 'clients.csv',
    ): Promise<string> {
      const { body } = await api.uploadWith(options, { name, content });
      return body.imports[0]!.id;
    },
    async apply(id: string, planHash: string): Promise<Answer<{ applied?: boolean; code?: string; detail?: string }>> {
      const answer = await call<{ applied?: boolean }>('POST', `/v1/imports/${id}/apply`, {
        body: JSON.stringify({ planHash }),
        headers: { 'Content-Type': 'application/json' },
      });
      if (answer.body.applied === false) accepted.add(id);
      else accepted.delete(id);
      return answer;
    },
    /**
     * Applies a plan that is to be refused. Where Temporal takes its time the answer is a 202 before anybody has looked at the plan, and it
     * is asked again.
     */
    applyInVain: (id: string, planHash: string): Promise<Answer<{ code?: string; detail?: string }>> =>
      until(
        'the plan to be refused',
        () => api.apply(id, planHash),
        ({ status }) => status === 409,
      ),
    choose: (
      id: string,
      choices: Choices & { keepMapping?: boolean },
    ): Promise<Answer<ImportAnswer & { code?: string; detail?: string }>> =>
      call('POST', `/v1/imports/${id}/choices`, { body: JSON.stringify(choices) }),
    find: async (id: string): Promise<ImportAnswer> => (await get<ImportAnswer>(`/v1/imports/${id}`)).body,
    /** Waits until the import changes no more by itself. */
    rest: (id: string, timeoutMs = 30_000): Promise<ImportAnswer> =>
      until(
        `import ${id} to rest`,
        () => api.find(id),
        ({ status }) => isResting(status) && !(status === 'awaiting-approval' && accepted.has(id)),
        timeoutMs,
      ),
    async rows(id: string, query = ''): Promise<RowAnswer[]> {
      return (await get<{ data: RowAnswer[] }>(`/v1/imports/${id}/rows?limit=500${query}`)).body.data;
    },
    retry: (
      id: string,
      body: unknown = { all: true },
    ): Promise<Answer<{ retrying?: Record<string, number>; code?: string; detail?: string }>> =>
      call('POST', `/v1/imports/${id}/retries`, {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
  };
  return api;
}
export type ApiCaller = ReturnType<typeof createApiCaller>;
