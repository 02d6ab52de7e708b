/** Who carried out an action. No personal data: ids, and the name that was given to a key. */
export interface Actor {
  /** `server` is the command line on the server, `temporal` a message to the workflow of an import, `system` the product itself. */
  kind: 'key' | 'oidc' | 'server' | 'temporal' | 'system';
  /** Id of the key; opaque subject at the issuer; hash of the identity that Temporal was given. */
  id: string;
  name: string | null;
  role: string | null;
}

export interface Target {
  kind: string;
  id: string;
}

/** One action to be recorded. Everything in it is an id, a word of ours, a number or a hash; see `plainText`. */
export interface AuditRecord {
  /** Of the request or the message. The same id is recorded once. */
  id: string;
  organisationId: string;
  at: Date;
  actor: Actor;
  /** The network of the request, such as `192.0.2.0/24`; `null` without one. */
  network: string | null;
  /** The operation, as the API names it: `pauseImport`. */
  action: string;
  /** What it concerned. */
  targets: Target[];
  /** Further ids, hashes and numbers. */
  facts: Record<string, string | number | boolean>;
  /** HTTP status of the answer, or what it would have been; `null` where the process ended before it was known. */
  status: number | null;
  /** The code of the problem, if it was rejected. */
  code: string | null;
}

/** A record in the chain of its organisation. */
export interface AuditEntry extends AuditRecord {
  /** 1 for the first entry of an organisation, one more for each next. */
  sequence: number;
  /** Hash of the entry before; 64 zeros for the first. */
  previousHash: string;
  hash: string;
}

/** The newest entry of a chain: all that is needed to continue it, or to prove later that it was not cut off. */
export type ChainHead = Pick<AuditEntry, 'sequence' | 'hash'>;

/** The entry by which the product itself removes older ones. Its facts say where the chain begins from then on. */
export const EXPIRE_ACTION = 'expireAuditEntries';

const CONTROL = /[\p{C}\u2028\u2029]+/gu;
const MOST_CHARACTERS = 100;

/** A text from outside on one line and bounded, so that it cannot pretend to be a line of an export or a log. */
export const plainText = (text: string): string =>
  [...text.replace(CONTROL, ' ').trim()].slice(0, MOST_CHARACTERS).join('');
