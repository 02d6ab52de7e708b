import { patched } from '@temporalio/workflow';
import type { ImportState } from '../state/import-state';

/** Carries commands out one after the other in the order in which they were given, so that the last one has the last word. */
export class InTurn {
  #last: Promise<unknown> | undefined;

  constructor(private readonly state: ImportState) {}

  /** Begins at once where nothing is under way. Settles as `command` does. */
  run<T>(command: () => Promise<T>): Promise<T> {
    this.state.commands += 1;
    const before = this.#last;
    // Earlier builds carried them out side by side.
    const result = before && patched('commands-in-turn') ? before.then(command) : command();
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    const last = Promise.all([before, ended]).then(() => {
      this.state.commands -= 1;
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return result;
  }
}
