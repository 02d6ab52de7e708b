/** A problem that the user can fix. The message is printed as it is, without a stack trace. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
