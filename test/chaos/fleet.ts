import { randomUUID } from 'node:crypto';
import type { ApiCaller, ImportAnswer, UploadedFile } from '../support/api-caller';
import { until } from '../support/until';
import { endStates } from './imports';
import { startProduct } from './product';
import type { Product } from './product';

export const APIS = ['api-1', 'api-2'];
export const WORKERS = ['worker-1', 'worker-2', 'worker-3'];
const AWAY_MS = 60_000;

/** The product as two API and three worker processes, on one mongod and one Temporal server. */
export const startFleet = (settings: NodeJS.ProcessEnv, latencyMs: number): Promise<Product> =>
  startProduct(
    // As behind a load balancer, so that both answer with the same links.
    { ...settings, PUBLIC_URL: 'http://fleet.test' },
    {
      apis: APIS,
      workers: Object.fromEntries(WORKERS.map((name) => [name, {}])),
      ownWorkers: true,
      latencyMs,
    },
  );

/** A connection that failed, or ended within the answer. The errors of `fetch` are of another realm than a test of Jest. */
const isAway = (error: unknown): boolean =>
  error !== null && typeof error === 'object' && 'name' in error && error.name === 'TypeError';

/**
 * Uploads to several APIs in turn, and to the next one if one is away, as a client behind a load balancer does. It repeats an upload with
 * its `Idempotency-Key`, since the connection may have failed after the upload.
 */
export function uploadInTurn(callers: readonly ApiCaller[]) {
  let turn = 0;
  const next = (): ApiCaller => callers[turn++ % callers.length]!;
  return {
    async importIdWith(
      form: Record<string, string>,
      content: UploadedFile['content'],
      name = 'clients.csv',
    ): Promise<string> {
      const headers = { 'Idempotency-Key': randomUUID() };
      const answer = await until(
        'an API to take the upload',
        () => next().uploadAs(headers, form, { name, content }),
        () => true,
        AWAY_MS,
      );
      if (answer.status !== 202) throw new Error(`The upload is answered ${JSON.stringify(answer)}`);
      return answer.body.imports[0]!.id;
    },
  };
}

/** What an answer knows that can only grow: rows that are written, and messages that a provider has taken. */
const known = (answer: ImportAnswer) => [answer.rows.created, endStates(answer).sent] as const;

/**
 * Reads imports from one API after the other, again and again. Each answer has to know what the answer before it knew, whichever API
 * gave it. Resolves, once stopped, to what was otherwise, in words, and the number of answers.
 */
export function watchOneTruth(callers: readonly ApiCaller[], ids: () => readonly string[]) {
  const stopping = new AbortController();
  const found: string[] = [];
  const before = new Map<string, readonly [number, number]>();
  let answers = 0;
  async function look(caller: ApiCaller, name: string, id: string): Promise<void> {
    const answer = await caller.get<ImportAnswer>(`/v1/imports/${id}`).catch((error: unknown) => {
      if (isAway(error)) return undefined;
      throw error;
    });
    if (!answer) return;
    answers++;
    if (answer.status !== 200) return void found.push(`${name} answers ${answer.status} for ${id}`);
    const [rows, messages] = known(answer.body);
    const [rowsBefore, messagesBefore] = before.get(id) ?? [0, 0];
    if (rows < rowsBefore || messages < messagesBefore)
      found.push(
        `${name} knows of ${rows} rows and ${messages} messages of ${id} after ${rowsBefore} and ${messagesBefore}`,
      );
    before.set(id, [rows, messages]);
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      for (const id of ids()) for (const [i, caller] of callers.entries()) await look(caller, APIS[i]!, id);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  running.catch(() => undefined);
  return async () => {
    stopping.abort();
    await running;
    return { found, answers };
  };
}
