import pino from 'pino';

export type Logger = pino.Logger;

/**
 * JSON lines on stdout. Callers log ids, counts, states and codes; the redaction covers objects of other libraries.
 */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    redact: {
      paths: ['to', 'email', 'mobile', 'authorization', '*.to', '*.email', '*.mobile', '*.authorization', '*.headers'],
      censor: '[redacted]',
    },
  });
}
