/** What the bench tells a peer process to do: import these files, and answer once all of their messages are sent. */
export interface Order {
  files: string[];
}
/** In milliseconds since the order came. */
export type Answer = { ms: number } | { error: string };

/** Lets this process do one order after another, until the bench ends it. */
export function obey(carryOut: (order: Order) => Promise<void>): void {
  process.on('message', (order: Order) => {
    const startedAt = performance.now();
    carryOut(order).then(
      () => process.send!({ ms: performance.now() - startedAt } satisfies Answer),
      (error: unknown) => process.send!({ error: String(error) } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send!('ready');
}

/** Settings that the bench passes in the environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
