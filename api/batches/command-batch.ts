import pLimit from 'p-limit';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { isCancelling } from '../../store/documents';
import type { Batch } from '../../store/imports/batches';
import type { ListedImport } from '../../store/imports/imports';
import type { AppDeps } from '../app-deps';
import { HttpProblem } from '../http/http-problem';
import { waitForEffect } from '../http/wait-for';
import { createControls } from '../imports/control-import';
import type { ControlAction } from '../imports/control-import';
import { retryInvitations } from '../invitations/invitations-router';
import type { InvalidField } from '../problem-types/invalid-field';

type CommandDeps = Pick<AppDeps, 'store' | 'service' | 'outbox' | 'config'>;

/** What has become of a command for one file of a batch. */
interface Outcome<T> {
  importDoc: ListedImport;
  result?: T;
  /** Why it was not accepted. */
  problem?: HttpProblem;
}

/** Files to which a command is given at the same time. */
const AT_ONCE = 5;

/** Gives a command to each import of a batch. What one refuses keeps no other from it. Throws what all of them refuse. */
async function giveAll<T>(
  { imports }: Batch,
  give: (importDoc: ListedImport) => Promise<T>,
  refusedByAll: (outcomes: Outcome<T>[]) => HttpProblem,
): Promise<Outcome<T>[]> {
  const places = pLimit(AT_ONCE);
  const outcomes = await Promise.all(
    imports.map((importDoc) =>
      places(async (): Promise<Outcome<T>> => {
        try {
          return { importDoc, result: await give(importDoc) };
        } catch (error) {
          if (error instanceof HttpProblem) return { importDoc, problem: error as HttpProblem };
          throw error;
        }
      }),
    ),
  );
  if (outcomes.every(({ problem }) => problem)) throw refusedByAll(outcomes);
  return outcomes;
}

const reasonsOf = (outcomes: Outcome<unknown>[]): InvalidField[] =>
  outcomes.flatMap(({ importDoc, problem }) =>
    problem ? [{ field: importDoc.fileName, code: problem.code, detail: problem.detail }] : [],
  );

const REFUSED = {
  pause: ['nothing-to-pause', 'paused'],
  resume: ['nothing-to-resume', 'resumed'],
  cancel: ['nothing-to-cancel', 'cancelled'],
} as const satisfies Record<ControlAction, readonly [string, string]>;

const refusalOf = ({ problem }: Outcome<unknown>) => (problem ? { code: problem.code, detail: problem.detail } : null);

/**
 * Pauses, resumes or cancels all files of a batch. `isDone` tells whether that is in effect by now; the outcome is told file by file.
 * Throws a 409 if no file accepts it.
 */
export async function controlBatch(deps: CommandDeps, batch: Batch, action: ControlAction) {
  const { store, service, outbox } = deps;
  const controls = createControls(deps);
  const [code, done] = REFUSED[action];
  const outcomes = await giveAll(
    batch,
    (importDoc) => controls.give(importDoc, action),
    (all) =>
      new HttpProblem(409, code, `No file of this upload can be ${done}; see "errors".`, { errors: reasonsOf(all) }),
  );
  outbox.poke();
  const open = outcomes.filter(({ problem }) => !problem).map(({ importDoc }) => importDoc._id);
  const isDone = await waitForEffect(async () => {
    // One after the other: a batch may have hundreds of files, and each look asks the database.
    while (open.length > 0 && (await controls.isInEffect(open[0]!, action))) open.shift();
    return open.length === 0;
  }, service);
  const inEffect = await Promise.all(open.map((id) => controls.isInEffect(id, action)));
  const pending = new Set(open.filter((_, i) => !inEffect[i]));
  const current = new Map(
    (await store.batches.find(batch.imports[0]!.organisationId, batch.id))?.imports.map((one) => [one._id, one]),
  );
  return {
    isDone: isDone || pending.size === 0,
    imports: outcomes.map((outcome) => {
      const now = current.get(outcome.importDoc._id) ?? outcome.importDoc;
      return {
        ...{ id: now._id, fileName: now.fileName, status: now.status, cancelling: isCancelling(now) },
        outcome: outcome.problem ? 'refused' : pending.has(now._id) ? 'accepted' : 'in-effect',
        refusal: refusalOf(outcome),
      } as const;
    }),
  };
}

/** Opens the failed invitations of all files again. Throws a 409 if no file has any. */
export async function retryBatch(deps: CommandDeps, batch: Batch, request: RetryRequest) {
  const outcomes = await giveAll(
    batch,
    (importDoc) => retryInvitations(deps, importDoc, request),
    (all) =>
      new HttpProblem(409, 'nothing-to-retry', 'There is nothing to retry in any file of this upload; see "errors".', {
        errors: reasonsOf(all),
      }),
  );
  const total = (channel: keyof RetryReceipt): number =>
    outcomes.reduce((sum, { result }) => sum + (result?.[channel] ?? 0), 0);
  return {
    retrying: { email: total('email'), sms: total('sms') },
    imports: outcomes.map((outcome) => ({
      ...{ id: outcome.importDoc._id, fileName: outcome.importDoc.fileName },
      retrying: outcome.result ?? null,
      refusal: refusalOf(outcome),
    })),
  };
}
