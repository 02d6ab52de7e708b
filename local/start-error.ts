/** Something the person at the terminal has to mend. The message is shown as it is, without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
