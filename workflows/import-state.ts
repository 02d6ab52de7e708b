import type { Pauses, ImportPlan, ImportProgress, ImportStatus, Outcomes, Timing } from '../contract/import';
import type { Channel, InvitationState } from '../contract/invitation';
import { CHANNELS } from '../contract/invitation';
import type { RowQuery, RowsQuery, RowState } from '../contract/messages';
import type { ProblemCode } from '../contract/problem-codes';
import { emptyProgress, NEEDS_ATTENTION_STATES } from '../contract/progress';
import { parseRowSet } from '../contract/row-set';
import type { RowStatus } from '../contract/row';

interface Standing {
  state: InvitationState;
  code?: ProblemCode;
  generation: number;
}

interface Row {
  status: RowStatus;
  codes: ProblemCode[];
  invitations: Partial<Record<Channel, Standing>>;
}

const DEFAULT_PAGE = 100;
const ON_ITS_WAY: readonly ImportStatus[] = ['planning', 'creating', 'inviting', 'settling', 'waiting'];
const CARRIED_OUT: readonly RowStatus[] = ['created', 'updated', 'unchanged'];
const IN_FLIGHT: readonly InvitationState[] = ['pending', 'sending'];

/** All that a workflow knows of its import: lines, states and codes, and what it is waiting for. */
export class ImportState {
  #status: ImportStatus = 'planning';
  #timing: Timing | undefined;
  #approved = false;
  #fileProblems: ProblemCode[] = [];
  #stirred = false;
  #waitingUntil = 0;
  #pauses: Pauses = { by: {}, resumes: 0 };
  readonly #rows = new Map<number, Row>();

  /** What the list of workflows shows of it by now. */
  shown = '';

  constructor(readonly importId: string) {}

  get status(): ImportStatus {
    return this.#status;
  }

  /** Whether the plan is known; before that there is nothing to retry and nothing to tell. */
  get planned(): boolean {
    return this.#timing !== undefined;
  }

  get timing(): Timing {
    if (!this.#timing) throw new Error('The import has no plan yet');
    return this.#timing;
  }

  begin(plan: ImportPlan): void {
    this.#timing = plan.timing;
    this.setPauses(plan.pauses);
    this.#fileProblems = plan.fileProblems;
    this.#rows.clear();
    this.apply(plan);
    // Teams may have become ready while the plan was drawn up, when nobody could know of rows that wait for them.
    if (this.rowsIn('waiting').length > 0) this.requestRefresh();
  }

  /** Where something is held back, that is what is shown of an import on its way. */
  enter(status: ImportStatus): void {
    this.#status = this.#pausesSomething() && ON_ITS_WAY.includes(status) ? 'paused' : status;
  }

  /**
   * Takes over what holds the import back now. Steps run side by side, so one may tell late what it has found out early:
   * until all holds are ended there are only ever more of them, and of the time before nothing is true any more.
   */
  setPauses({ by, resumes }: Pauses): void {
    if (resumes < this.#pauses.resumes) return;
    this.#pauses = { by: resumes === this.#pauses.resumes ? { ...this.#pauses.by, ...by } : by, resumes };
  }

  /** Whether staff hold everything back. */
  get isPausedByStaff(): boolean {
    return this.#pauses.by.staff !== undefined;
  }

  /** Whether nothing may be sent on this channel. */
  isPaused(channel: Channel): boolean {
    return this.isPausedByStaff || this.#pauses.by[channel] !== undefined;
  }

  /** What holds the import back, each with its reason. */
  get pausedBy(): Pauses['by'] {
    return this.#pauses.by;
  }

  #pausesSomething(): boolean {
    return (
      this.isPausedByStaff ||
      CHANNELS.some((channel) => this.isPaused(channel) && this.invitationsIn(channel, 'pending').length > 0)
    );
  }

  /** Whether the file as a whole has problems, so that nothing of it is imported. */
  get refused(): boolean {
    return this.#fileProblems.length > 0;
  }

  /** Whether somebody has approved the plan of a preview. */
  get approved(): boolean {
    return this.#approved;
  }

  approve(): void {
    this.#approved = true;
  }

  /** Whether something outside has changed since the waiting rows were looked at. */
  get refreshRequested(): boolean {
    return this.#stirred;
  }

  requestRefresh(): void {
    this.#stirred = true;
  }

  clearRefreshRequest(): void {
    this.#stirred = false;
  }

  /** When the rows that wait for their team have waited long enough; infinite where none waits. */
  get waitingUntil(): number {
    return this.rowsIn('waiting').length > 0 ? this.#waitingUntil : Infinity;
  }

  waitUntil(time: number): void {
    this.#waitingUntil = time;
  }

  /** Steps run side by side, so one may tell what another has left behind: what is done is not undone by it. */
  apply({ rows = [], invitations = [] }: Outcomes): void {
    for (const { rows: lines, status, codes = [] } of rows) {
      for (const line of parseRowSet(lines)) {
        const before = this.#rows.get(line);
        if (before && CARRIED_OUT.includes(before.status) && (status === 'pending' || status === 'waiting')) continue;
        this.#rows.set(line, { status, codes, invitations: before?.invitations ?? {} });
      }
    }
    for (const { rows: lines, channel, state, code, generation = 1 } of invitations) {
      for (const line of parseRowSet(lines)) {
        const row = this.#rows.get(line);
        const before = row?.invitations[channel];
        if (!row || generation < (before?.generation ?? 0)) continue;
        const isDone = before?.generation === generation && !IN_FLIGHT.includes(before.state);
        if (isDone && IN_FLIGHT.includes(state)) continue;
        row.invitations[channel] = { state, generation, ...(code && { code }) };
      }
    }
  }

  /** Lines in this status, ascending. */
  rowsIn(status: RowStatus): number[] {
    return this.#lines(({ status: now }) => now === status);
  }

  /** Lines whose invitation on this channel is in this state, ascending. */
  invitationsIn(channel: Channel, state: InvitationState): number[] {
    return this.#lines(({ invitations }) => invitations[channel]?.state === state);
  }

  /** Lines that need a person: refused, or with an invitation that was not sent. */
  rowsNeedingAttention(): number[] {
    const needs = (standing: Standing | undefined): boolean =>
      !!standing && NEEDS_ATTENTION_STATES.includes(standing.state);
    return this.#lines(({ status, invitations }) => status === 'rejected' || Object.values(invitations).some(needs));
  }

  progress(): ImportProgress {
    const progress = emptyProgress(this.importId, this.#status);
    for (const row of this.#rows.values()) {
      progress.lines += 1;
      progress.rows[row.status] += 1;
      for (const channel of CHANNELS) {
        const standing = row.invitations[channel];
        if (standing) progress.invitations[channel][standing.state] += 1;
      }
    }
    return progress;
  }

  page(query?: RowsQuery | null): RowState[] {
    const { status, after = 0, limit = DEFAULT_PAGE } = query ?? {};
    return this.#lines((row, line) => line > after && (!status || row.status === status))
      .slice(0, limit)
      .map((line) => this.#view(line)!);
  }

  row(query?: RowQuery | null): RowState | null {
    return this.#view(query?.row ?? 0);
  }

  #view(line: number): RowState | null {
    const row = this.#rows.get(line);
    if (!row) return null;
    const invitations = CHANNELS.flatMap((channel) => {
      const standing = row.invitations[channel];
      return standing ? [{ channel, state: standing.state, ...(standing.code && { code: standing.code }) }] : [];
    });
    return { row: line, status: row.status, codes: [...row.codes], invitations };
  }

  #lines(wanted: (row: Row, line: number) => boolean): number[] {
    return [...this.#rows]
      .filter(([line, row]) => wanted(row, line))
      .map(([line]) => line)
      .sort((a, b) => a - b);
  }
}
