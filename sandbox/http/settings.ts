/** What can be changed while the sandbox runs. */
export interface Settings {
  /** Waited before each answer of a provider. */
  latencyMs: number;
  /** How long an accepted message stays invisible to Twilio's list. */
  listLagMs: number;
}
