import type { Schemas } from '../../client';

export type ProblemDocument = Schemas['ProblemDocument'];

/** What the API refused, or that it could not be reached: then there is no document. */
export class ApiError extends Error {
  constructor(readonly problem: ProblemDocument | undefined) {
    super(problem?.detail ?? problem?.title ?? 'offline');
  }

  get status(): number {
    return this.problem?.status ?? 0;
  }

  get code(): string {
    return this.problem?.code ?? 'offline';
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;
