/** Keeps a command from doing its work; the message is for the person at the terminal. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    /** The answer of the API, where the API rejected the request. */
    readonly answer?: { status: number; code: string | null },
  ) {
    super(message);
  }
}

/** The operating system's code for a failed file operation, such as EACCES. */
export const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
