import { TransportError, UnusableAnswer } from './http-transport';

/** The provider could not be asked. Carries a short code only. */
export class LookUpError extends Error {
  override readonly name = 'LookUpError';
}

/** Turns every error of `ask` into a `LookUpError`. */
export async function withLookUpError<Answer>(provider: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new LookUpError(`${provider} could not be asked for its messages (${reasonOf(error)}).`);
  }
}

/** The messages of our own errors are short codes; those of an SDK or a parser may repeat what was received. */
const reasonOf = (error: unknown): string =>
  error instanceof TransportError || error instanceof UnusableAnswer ? error.message : 'unexpected-error';
