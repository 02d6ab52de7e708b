import type { ApiClient } from '../http/api-client';

export interface Terminal {
  /** Results. */
  out: NodeJS.WriteStream;
  /** Progress and remarks. */
  err: NodeJS.WriteStream;
  /** What is piped in, or typed. */
  in: NodeJS.ReadStream;
}

/** What a command works with that calls the API. */
export interface Session extends Terminal {
  api: ApiClient;
  /** This program with these arguments, as the person can copy it to this terminal. */
  commandLine: (args: string) => string;
}
