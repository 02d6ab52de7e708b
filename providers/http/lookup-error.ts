import { TransportError, UnusableAnswer } from './http-transport';

const AT_ONCE = 8;

/** The provider could not be asked. Carries a short code only. */
export class LookUpError extends Error {
  override readonly name = 'LookUpError';
}

/** Whatever goes wrong comes out as `LookUpError`. */
export async function asking<Answer>(whom: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new LookUpError(`${whom} could not be asked for its messages (${reasonOf(error)}).`);
  }
}

/** The messages of our own errors are short codes; those of an SDK or a parser may repeat what was received. */
const reasonOf = (error: unknown): string =>
  error instanceof TransportError || error instanceof UnusableAnswer ? error.message : 'unexpected-error';

/** Asks about each, so many at once that a provider does not mind; the answers stand in the order of the questions. */
export async function askEach<Question, Answer>(
  questions: readonly Question[],
  ask: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < questions.length) {
      const index = next++;
      answers[index] = await ask(questions[index]!);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return answers;
}
