import type { Schemas } from '../../client';
import { t } from '../messages';

export type ProblemDocument = Schemas['ProblemDocument'];

/** What the API refused, or that it could not be reached: then there is no document. Its message is for people to read. */
export class ApiError extends Error {
  constructor(readonly problem: ProblemDocument | undefined) {
    super(problem?.detail ?? problem?.title ?? `${t.common.offline.title}. ${t.common.offline.text}`);
  }

  get status(): number {
    return this.problem?.status ?? 0;
  }

  get code(): string {
    return this.problem?.code ?? 'offline';
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;

/** What went wrong, in a sentence; of cells that were typed, what is wrong with each. */
export function textOf(error: unknown): string {
  const problems = isApiError(error) ? (error.problem?.problems ?? []) : [];
  if (problems.length > 0) return problems.map(({ message, fix }) => `${message} ${fix}`).join(' ');
  return error instanceof Error ? error.message : String(error);
}
