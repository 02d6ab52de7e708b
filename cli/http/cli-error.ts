/** Something that keeps the command from doing its work; the text is for the person at the terminal. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    /** Where it was the API that refused: how. */
    readonly answer?: { status: number; code: string | null },
  ) {
    super(message);
  }
}

/** What the operating system calls it when a file cannot be had, such as EACCES. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
