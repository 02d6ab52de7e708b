import { isPaused } from '../../contract/import';
import type { ImportProgress, PausedBy, Timing } from '../../contract/import';
import { canPause, isFinal } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { RowQuery, RowsQuery, RowState } from '../../contract/messages';
import { emptyProgress } from '../../contract/progress';
import { ROW_STATUSES } from '../../contract/row';
import type { RowStatus } from '../../contract/row';
import {
  countNeedingAttention,
  countSnapshot,
  hasInvitations,
  isScheduled,
  nextDueMs,
  readSnapshot,
} from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import { hasLine, parseRowSet } from '../../contract/row-set';

const DEFAULT_PAGE = 100;
const CLOCK_MARGIN_MS = 1_000;

const isRowStatus = (status: string): boolean => (ROW_STATUSES as readonly string[]).includes(status);

/** The state of a workflow: the newest snapshot of its import, its running steps, and its deadlines. */
export class ImportState {
  #snapshot: ImportSnapshot | undefined;
  #receivedAt = 0;
  #closedRevision: number | undefined;

  /** Known once the import is planned. */
  #timing: Timing | undefined;
  /** Who pauses the import, as the log says already. */
  readonly loggedPauses = new Set<PausedBy>();
  /** The latest search attributes. */
  shown = '';
  /** The running steps of each channel. */
  readonly busy = new Map<Channel, 'sending' | 'settling'>();
  isWriting = false;
  /** The pages that are under way, first and last, of an import of several. */
  pagesUnderWay: { from: number; to: number } | undefined;

  /** The file is taken as far as it goes at once; its plan, its people and its sends are one step. */
  isUnderWay = false;
  /** For how long the sends of a channel have to wait for its provider, in milliseconds. */
  delays: Partial<Record<Channel, number>> = {};
  /** Something outside the workflow has changed since the last refresh. */
  refreshRequested = false;
  /** Commands of staff in line or under way. */
  commands = 0;
  /** A refresh is also for a preview that waits to be applied. */
  refreshesPreview = false;
  /** The run has had so many messages that a new one is to take over. */
  handsOver = false;
  /** Its steps were interrupted for that. */
  isInterrupted = false;
  /** Until when failed invitations can be retried, in ms since 1970; infinite as long as none has failed. */
  retryUntil = Infinity;

  #ending: 'cancelled' | 'failed' | undefined;

  constructor(readonly importId: string) {}

  get snapshot(): ImportSnapshot | undefined {
    return this.#snapshot;
  }

  /** When the snapshot was taken, by the clock of the workflow, in ms since 1970. */
  get receivedAt(): number {
    return this.#receivedAt;
  }

  /** Keeps the newest snapshot, since concurrent steps return in any order. */
  apply(result: ImportSnapshot, now: number): void {
    const snapshot = readSnapshot(result);
    if (this.#snapshot && snapshot.revision < this.#snapshot.revision) return;
    this.#snapshot = snapshot;
    this.#receivedAt = now;
  }

  /** The delay of a channel, once. */
  takeDelay(channel: Channel): number {
    const delay = this.delays[channel] ?? 0;
    delete this.delays[channel];
    return delay;
  }

  get isPlanned(): boolean {
    return this.#timing !== undefined;
  }

  get timing(): Timing {
    if (!this.#timing) throw new Error('The import has no plan yet');
    return this.#timing;
  }

  set timing(timing: Timing) {
    this.#timing = timing;
  }

  /** Whether nothing has changed since the import was closed. */
  get isClosed(): boolean {
    return this.#snapshot !== undefined && this.#closedRevision === this.#snapshot.revision;
  }

  markClosed(): void {
    this.#closedRevision = this.#snapshot?.revision;
  }

  /** Until when rows wait for their team, in ms since 1970; infinite if no row waits. */
  get waitingUntil(): number {
    return this.#until(this.#snapshot?.waitForMs);
  }

  /** When the plan of a preview expires. */
  get applyUntil(): number {
    return this.#until(this.#snapshot?.applyForMs);
  }

  /** When the invitations of a channel that are left to send may be due, in ms since 1970; `Infinity` without any. */
  dueAt(channel: Channel): number {
    const forMs = this.#snapshot ? nextDueMs(this.#snapshot, channel) : Infinity;
    // The clock of the worker that sends may be behind; it would find them not due yet.
    return forMs === 0 || forMs === Infinity ? this.#receivedAt + forMs : this.#receivedAt + forMs + CLOCK_MARGIN_MS;
  }

  /** When the next deferred send is due of the channels that are neither busy nor paused; `Infinity` once the import ends. */
  get nextDueAt(): number {
    if (this.ending || this.#snapshot?.status === 'undoing') return Infinity;
    return Math.min(
      ...CHANNELS.map((channel) =>
        this.busy.has(channel) || this.isPaused(channel) || !this.#isDeferred(channel) ? Infinity : this.dueAt(channel),
      ),
    );
  }

  #isDeferred(channel: Channel): boolean {
    return this.#snapshot !== undefined && nextDueMs(this.#snapshot, channel) > 0;
  }

  #until(forMs: number | undefined): number {
    return forMs === undefined ? Infinity : this.#receivedAt + forMs;
  }

  /** The final status, once the import is cancelled or a step has failed for good. */
  get ending(): 'cancelled' | 'failed' | undefined {
    return this.#ending ?? (this.#snapshot?.isCancelling ? 'cancelled' : undefined);
  }

  /** Whether the import ends because its workflow was cancelled or has failed, which only this run knows. */
  get isAborted(): boolean {
    return this.#ending !== undefined;
  }

  endAs(ending: 'cancelled' | 'failed'): void {
    this.#ending = ending;
  }

  get isPausedByStaff(): boolean {
    return this.#snapshot?.pausedBy.staff !== undefined;
  }

  isPaused(channel: Channel): boolean {
    return isPaused(this.#snapshot?.pausedBy ?? {}, channel);
  }

  /** The displayed status: that of the running steps, or of MongoDB. */
  get status(): ImportStatus {
    const status = this.#statusOfSteps();
    return canPause(status) && this.isPauseEffective ? 'paused' : status;
  }

  #statusOfSteps(): ImportStatus {
    const channels = [...this.busy.values()];
    if (channels.includes('sending')) return 'inviting';
    if (channels.length > 0) return 'settling';
    if (this.isWriting) return 'creating';
    if (this.pagesUnderWay) return 'inviting';
    if (this.#snapshot && !isFinal(this.#snapshot.status) && isScheduled(this.#snapshot)) return 'scheduled';
    return this.#snapshot?.status ?? 'planning';
  }

  /** Whether staff pause the import, or a provider pauses a channel with invitations to send. */
  get isPauseEffective(): boolean {
    const snapshot = this.#snapshot;
    if (!snapshot) return false;
    const hasPending = (channel: Channel) => hasInvitations(snapshot, channel, 'pending');
    return this.isPausedByStaff || CHANNELS.some((channel) => this.isPaused(channel) && hasPending(channel));
  }

  progress(): ImportProgress {
    return this.#snapshot
      ? countSnapshot(this.importId, this.status, this.#snapshot)
      : emptyProgress(this.importId, this.status);
  }

  /** How many lines need a person. */
  get needingAttention(): number {
    return this.#snapshot ? countNeedingAttention(this.#snapshot) : 0;
  }

  page(query?: RowsQuery | null): RowState[] {
    const { status, after = 0, limit = DEFAULT_PAGE } = query ?? {};
    const { rows = [], invitations = [] } = this.#snapshot ?? {};
    const isWanted = (group: { status?: RowStatus; state?: InvitationState }): boolean =>
      status === undefined || status === (group.status ?? group.state);
    // As in the API, `pending` and `cancelled` are statuses of rows.
    const groups = status === undefined || isRowStatus(status) ? rows : invitations;
    const lines = new Set(groups.filter(isWanted).flatMap((group) => parseRowSet(group.rows)));
    return [...lines]
      .filter((line) => line > after)
      .sort((a, b) => a - b)
      .slice(0, limit)
      .map((row) => this.row({ row })!);
  }

  row(query?: RowQuery | null): RowState | null {
    const { rows = [], invitations = [] } = this.#snapshot ?? {};
    const row = query?.row ?? 0;
    const includesRow = (group: { rows: string }): boolean => hasLine(group.rows, row);
    const group = rows.find(includesRow);
    if (!group) return null;
    return {
      row,
      status: group.status,
      codes: [...(group.codes ?? [])],
      ...(group.team !== undefined && { team: group.team }),
      invitations: CHANNELS.flatMap((channel) => {
        const outcome = invitations.find((candidate) => candidate.channel === channel && includesRow(candidate));
        return outcome ? [{ channel, state: outcome.state, ...(outcome.code && { code: outcome.code }) }] : [];
      }),
    };
  }
}
