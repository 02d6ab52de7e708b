import type { Channel } from '../../contract/invitation';
import type { ImportState } from '../state/import-state';
import { show } from '../state/show';

/** Runs the steps of each channel in the background, so that no channel waits for the other. */
export class ChannelSteps {
  readonly #running = new Map<Channel, Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(private readonly state: ImportState) {}

  begin(channel: Channel, doing: 'sending' | 'settling', step: () => Promise<void>): void {
    const { busy } = this.state;
    busy.set(channel, doing);
    this.state.retryUntil = Infinity;
    show(this.state);
    const running = step()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        busy.delete(channel);
        this.#running.delete(channel);
        show(this.state);
      });
    this.#running.set(channel, running);
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Resolves once no step is running. Never rejects. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
