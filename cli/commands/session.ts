import type { ApiClient } from '../http/api-client';

export interface Terminal {
  /** Results. */
  out: NodeJS.WriteStream;
  /** Progress. */
  err: NodeJS.WriteStream;
}

/** What a command that speaks to the API works with. */
export interface Session extends Terminal {
  api: ApiClient;
  /** How this program is called here with these arguments, to be copied by a person. */
  commandLine: (args: string) => string;
}
