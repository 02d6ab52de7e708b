import { log, workflowInfo } from '@temporalio/workflow';
import type { ImportInput } from '../../contract/import';
import { isResting } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import { withoutZeroes } from '../../contract/progress';
import type { ImportState } from './import-state';

const PROVIDERS = { email: 'sendgrid', sms: 'twilio' } as const;

/**
 * One line in the worker's log for each thing that operators ask about: an import started, planned, paused, closed. Ids, counts and
 * codes only. Lines of a workflow cost no event and are not written again by a replay.
 */
export function logStart({ importId, organisationId }: ImportInput): void {
  const isContinued = workflowInfo().continuedFromExecutionRunId !== undefined;
  log.info(isContinued ? 'import continues in a new run' : 'import started', { importId, organisationId });
}

export function logPlan(state: ImportState): void {
  const { importId, snapshot } = state;
  const { lines, rows } = withoutZeroes(state.progress());
  const { fileProblems } = snapshot ?? {};
  log.info('import planned', { importId, lines, rows, ...(fileProblems && { fileProblems }) });
}

/** Called for each new snapshot; logs what pauses the import, once each time it begins. */
export function logPauses(state: ImportState): void {
  const { importId, loggedPauses } = state;
  const pauses = state.isPauseEffective ? (state.snapshot?.pausedBy ?? {}) : {};
  for (const by of ['staff', ...CHANNELS] as const) {
    const isPaused = pauses[by] !== undefined;
    if (isPaused && !loggedPauses.has(by)) {
      const provider = by === 'staff' ? {} : { channel: by, provider: PROVIDERS[by] };
      log.warn('import paused', { importId, by: by === 'staff' ? by : 'provider', ...provider, code: pauses[by] });
    }
    if (isPaused) loggedPauses.add(by);
    else loggedPauses.delete(by);
  }
}

/** Logs with which status the import has come to rest, its counts, and for how many seconds this run has had it. */
export function logClose(state: ImportState): void {
  const { importId, snapshot } = state;
  if (!snapshot || !isResting(snapshot.status)) return;
  const { lines, rows, invitations } = withoutZeroes(state.progress());
  const seconds = (Date.now() - workflowInfo().runStartTime.getTime()) / 1000;
  log.info('import closed', {
    importId,
    status: snapshot.status,
    lines,
    rows,
    emails: invitations.email,
    sms: invitations.sms,
    seconds,
  });
}
