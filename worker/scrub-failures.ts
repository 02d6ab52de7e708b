import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';

/**
 * Keeps personal data out of Temporal when an unexpected error occurs. Messages of drivers and parsers repeat their input;
 * MongoDB's duplicate-key error contains the address. So only name, code and stack frames of a foreign error enter the
 * history. Our own failures contain ids and codes only, and pass unchanged.
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
    return ApplicationFailure.create({ message: 'A value that is not an Error was thrown', type: 'Unknown' });
  const code = 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? ` (code ${String(error.code)})` : '';
  const failure = ApplicationFailure.create({
    message: `${error.name}${code}; its text is omitted, because it may name a person`,
    type: error.name,
  });
  // The stack begins with the message, which may have several lines.
  const frames =
    error.stack
      ?.split(error.message)
      .at(-1)
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line)) ?? [];
  failure.stack = [failure.message, ...frames].join('\n');
  return failure;
}
