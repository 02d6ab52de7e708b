/** What a provider says of a template that it keeps. */
export type TemplateAnswer =
  /** With the names of the variables that it asks for. */
  | { kind: 'found'; variables: readonly string[] }
  /** Messages with it would reach nobody. */
  | { kind: 'missing'; because: 'unknown' | 'no-active-version' }
  /** `forbidden`: these credentials may send, and may not read templates. `unavailable`: the provider did not answer. */
  | { kind: 'unverified'; because: 'forbidden' | 'unavailable' };
