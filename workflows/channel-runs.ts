import { CHANNELS } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { ImportState } from './import-state';
import { hasOpenInvitations, inviteChannel } from './invite-channel';

/** The invitations of each channel, sent beside everything else: no channel waits for the other, and no row for either. */
export class ChannelRuns {
  readonly #running = new Map<Channel, Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(private readonly state: ImportState) {}

  /** Begins with every channel that has something to send or to settle, unless it is at it already. */
  start(): void {
    for (const channel of CHANNELS) {
      if (this.#running.has(channel) || !hasOpenInvitations(this.state, channel)) continue;
      const run = inviteChannel(this.state, channel)
        .catch((error: unknown) => {
          this.#failure ??= { error };
        })
        .finally(() => this.#running.delete(channel));
      this.#running.set(channel, run);
    }
  }

  isAt(channel: Channel): boolean {
    return this.#running.has(channel);
  }

  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** Whether a channel has failed; `check` throws its failure. */
  get failed(): boolean {
    return this.#failure !== undefined;
  }

  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Whoever tidies up afterwards must not meet steps that are still under way. Never throws. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
