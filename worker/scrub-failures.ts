import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';

/**
 * Keeps personal data out of Temporal when something fails that nobody foresaw. Messages of drivers and parsers repeat what
 * they were given: MongoDB's duplicate-key error holds the address. So of a foreign error only its name, its code and
 * the places in the code go into the history; failures of our own say ids and codes only and pass as they are.
 */
export const scrubFailures = (): ActivityInterceptors => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw isOurs(error) ? error : scrub(error);
      }
    },
  },
});

const isOurs = (error: unknown): boolean => error instanceof TemporalFailure;

function scrub(error: unknown): ApplicationFailure {
  if (!(error instanceof Error))
    return ApplicationFailure.create({ message: 'Something was thrown that is no error', type: 'Unknown' });
  const code = 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? ` (code ${String(error.code)})` : '';
  const failure = ApplicationFailure.create({
    message: `${error.name}${code}; its text is left out, since it may name a person`,
    type: error.name,
  });
  // The stack begins with the message, which may have lines of its own.
  const places =
    error.stack
      ?.split(error.message)
      .at(-1)
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line)) ?? [];
  failure.stack = [failure.message, ...places].join('\n');
  return failure;
}
