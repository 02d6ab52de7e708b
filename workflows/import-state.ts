import type { ImportPlan, ImportProgress, ImportStatus, Outcomes, Pace } from '../contract/import';
import type { Channel, InvitationState } from '../contract/invitation';
import { CHANNELS } from '../contract/invitation';
import type { RowQuery, RowsQuery, RowState } from '../contract/messages';
import type { ProblemCode } from '../contract/problem-codes';
import { emptyProgress, STATES_IN_NEED } from '../contract/progress';
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

/** All that a workflow knows of its import: lines, states and codes, and what it is waiting for. */
export class ImportState {
  #status: ImportStatus = 'planning';
  #pace: Pace | undefined;
  #approved = false;
  #fileProblems: ProblemCode[] = [];
  #stirred = false;
  #waitingUntil = 0;
  readonly #rows = new Map<number, Row>();

  constructor(readonly importId: string) {}

  get status(): ImportStatus {
    return this.#status;
  }

  /** Whether the plan is known; before that there is nothing to retry and nothing to tell. */
  get planned(): boolean {
    return this.#pace !== undefined;
  }

  get pace(): Pace {
    if (!this.#pace) throw new Error('The import has no plan yet');
    return this.#pace;
  }

  begin(plan: ImportPlan): void {
    this.#pace = plan.pace;
    this.#fileProblems = plan.fileProblems;
    this.#rows.clear();
    this.apply(plan);
    // Teams may have become ready while the plan was drawn up, when nobody could know of rows that wait for them.
    if (this.rowsIn('waiting').length > 0) this.stir();
  }

  enter(status: ImportStatus): void {
    this.#status = status;
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
  get stirred(): boolean {
    return this.#stirred;
  }

  stir(): void {
    this.#stirred = true;
  }

  calm(): void {
    this.#stirred = false;
  }

  /** When the rows that wait for their team have waited long enough; infinite where none waits. */
  get waitingUntil(): number {
    return this.rowsIn('waiting').length > 0 ? this.#waitingUntil : Infinity;
  }

  waitUntil(time: number): void {
    this.#waitingUntil = time;
  }

  apply({ rows = [], invitations = [] }: Outcomes): void {
    for (const { rows: lines, status, codes = [] } of rows) {
      for (const line of parseRowSet(lines)) {
        this.#rows.set(line, { status, codes, invitations: this.#rows.get(line)?.invitations ?? {} });
      }
    }
    for (const { rows: lines, channel, state, code, generation = 1 } of invitations) {
      for (const line of parseRowSet(lines)) {
        const row = this.#rows.get(line);
        // A step that began before a retry may report after it.
        if (!row || generation < (row.invitations[channel]?.generation ?? 0)) continue;
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
  rowsInNeed(): number[] {
    const needs = (standing: Standing | undefined): boolean => !!standing && STATES_IN_NEED.includes(standing.state);
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
