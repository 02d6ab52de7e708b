import pino from 'pino';

export type Logger = pino.Logger;

/**
 * JSON lines on stdout. Callers log ids, counts, states and codes; the redaction covers objects of other libraries, and errors
 * are described without the values in their texts.
 */
export function createLogger(name: string, level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    name,
    level,
    serializers: { err: describeError, error: describeError },
    redact: {
      paths: ['to', 'email', 'mobile', 'authorization', '*.to', '*.email', '*.mobile', '*.authorization', '*.headers'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const MAX_MESSAGE = 300;
const MAX_CAUSES = 3;

/**
 * An error for the log: its name, code and frames, and its text without the values in it, since drivers and parsers repeat their
 * input; MongoDB's duplicate-key error contains the address. The fields of an error are left out, such as the documents of a
 * failed write.
 */
export function describeError(error: unknown, causes = MAX_CAUSES): object {
  if (!(error instanceof Error))
    return { type: typeof error, message: typeof error === 'string' ? withoutValues(error) : '' };
  const code = 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? { code: String(error.code) } : {};
  // The stack begins with the message, which may have several lines.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const cause = error.cause !== undefined && causes > 0 ? { cause: describeError(error.cause, causes - 1) } : {};
  return { type: error.name, ...code, message: withoutValues(error.message), stack: frames.join('\n'), ...cause };
}

/** What stands in quotation marks or braces, addresses and long numbers. */
const VALUES = /"[^]*"|'[^]*'|`[^]*`|\{[^]*\}|\S*@\S*|\+?\d[\d\s().-]{5,}\d/g;

/** Cut first: a pattern over a long text takes long. */
const withoutValues = (message: string): string => message.slice(0, MAX_MESSAGE).replace(VALUES, '…');
