import { ApplicationFailure } from '@temporalio/common';
import { FAILURES } from '../../contract/failures';
import type { GivenCommand } from '../../contract/messages';
import type { AuditRecord } from '../../domain/audit-log/entry';
import { temporalRecord } from '../../domain/audit-log/temporal-record';
import type { Command } from '../../store/imports/pauses';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { whenGiven, whoCancelled } from './given';
import type { Origin } from './given';

/** As the API names the same command. */
type Action = 'applyPlan' | 'retryImportInvitations' | 'pauseImport' | 'resumeImport' | 'cancelImport';

interface Outcome<T> {
  result: T;
  /** Ids, hashes and numbers. */
  facts?: AuditRecord['facts'];
  /** Why nothing was done, as the API would answer it. */
  code?: string;
}

/** What the API answers where a step fails in this way. */
const CODES: Readonly<Record<string, string>> = {
  [FAILURES.importNotFound]: 'not-found',
  [FAILURES.nothingToRetry]: 'nothing-to-retry',
  [FAILURES.nothingToPause]: 'nothing-to-pause',
  [FAILURES.nothingToApply]: 'nothing-to-apply',
  [FAILURES.planOutdated]: 'plan-outdated',
  [FAILURES.choicesMissing]: 'choices-missing',
};

/**
 * Carries out commands that came by a message to a workflow, and gives each its entry in the audit log. The entry needs no note before:
 * Temporal runs the step until it has ended, and the entry has the id of the message, so it is written once. A command of an
 * older build, whose message is not known, leaves none.
 */
export function createCommandRecorder({ store }: Pick<ActivityDeps, 'store'>) {
  const append = createAppender(store);

  return async <T>(
    action: Action,
    { importId, command }: { importId: string; command?: GivenCommand },
    carryOut: (given: Command) => Promise<Outcome<T>>,
  ): Promise<T> => {
    const { origin, ...given } = await whenGiven(command);
    const record = async (outcome: Pick<AuditRecord, 'status' | 'code' | 'facts'>): Promise<void> => {
      if (command) await append({ importId, action, messageId: command.id, origin }, outcome);
    };
    try {
      const { result, facts = {}, code } = await carryOut(given);
      await record(code === undefined ? { status: 200, code: null, facts } : { status: 409, code, facts });
      return result;
    } catch (error) {
      if (error instanceof ApplicationFailure && error.nonRetryable)
        await record({ status: 409, code: CODES[error.type ?? ''] ?? null, facts: {} });
      throw error;
    }
  };
}

/** Gives a cancellation by Temporal's own request, which sends the import no message, its entry. */
export function createCancellationRecorder({ store }: Pick<ActivityDeps, 'store'>) {
  const append = createAppender(store);
  return async (importId: string): Promise<void> => {
    const origin = await whoCancelled();
    if (!origin) return;
    const messageId = `${origin.runId}:cancel`;
    await append({ importId, action: 'cancelImport', messageId, origin }, { status: 200, code: null, facts: {} });
  };
}

interface Message {
  importId: string;
  action: Action;
  /** The same after a reset. An update is named by its sender, so only its hash is kept. */
  messageId: string;
  origin: Origin | undefined;
}

const createAppender =
  ({ imports, auditLog }: ActivityDeps['store']) =>
  async (
    { importId, action, messageId, origin }: Message,
    { facts, ...outcome }: Pick<AuditRecord, 'status' | 'code' | 'facts'>,
  ): Promise<void> => {
    const importDoc = await imports.find(importId);
    if (!importDoc) throw importNotFound(importId);
    await auditLog.append(
      temporalRecord({
        ...{ ...outcome, importId, action, eventKey: messageId },
        organisationId: importDoc.organisationId,
        at: origin?.at ?? new Date(),
        identity: origin?.identity ?? '',
        facts: { ...facts, ...(origin && { event: origin.event }) },
      }),
    );
  };
