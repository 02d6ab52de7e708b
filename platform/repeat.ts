import type { Logger } from './logger';

export interface Repeating {
  /** Has the work done at once, and once more where it is being done already. Never throws. */
  poke(): void;
  /** Resolves once the work under way has ended; none begins after that. */
  stop(): Promise<void>;
}

/** Does some work again and again, so many milliseconds after its end; what it throws is logged, and it is tried again. */
export function repeat(work: () => Promise<void>, everyMs: number, log: Logger, what: string): Repeating {
  let isStopped = false;
  let isPoked = false;
  let wake = (): void => undefined;

  async function loop(): Promise<void> {
    while (!isStopped) {
      isPoked = false;
      await work().catch((error: unknown) => log.warn({ error }, `${what} will be tried again`));
      if (isPoked || isStopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  const running = loop();

  function poke(): void {
    isPoked = true;
    wake();
  }
  return {
    poke,
    async stop() {
      isStopped = true;
      poke();
      await running;
    },
  };
}
