/** Readings in milliseconds; only differences of one clock count. */
export interface Clocks {
  monotonic: () => number;
  wall: () => number;
}

const SYSTEM: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * The end of a span of time that begins now and lasts `ms` milliseconds. The clock that has moved further counts: a
 * suspended machine stops the monotonic one, and a step of the wall clock moves the other.
 */
export class Deadline {
  private readonly monotonic: number;
  private readonly wall: number;

  constructor(
    private readonly ms: number,
    private readonly clocks = SYSTEM,
  ) {
    this.monotonic = clocks.monotonic();
    this.wall = clocks.wall();
  }

  /** Milliseconds left; 0 once it has expired. */
  remaining(): number {
    const { monotonic, wall } = this.clocks;
    return Math.max(0, this.ms - Math.max(monotonic() - this.monotonic, Math.abs(wall() - this.wall)));
  }

  expired(): boolean {
    return this.remaining() === 0;
  }
}
