/** The lines of a scale from 0: four steps of a round number at most, of which the last is not below the greatest value. */
export function ticksOf(greatest: number): number[] {
  const step = roundUp(Math.max(1, greatest / MOST_STEPS));
  const steps = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}

const MOST_STEPS = 4;
const ROUND = [1, 2, 5, 10];

/** To 1, 2 or 5 with zeros. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ROUND.find((round) => round * power >= value)!;
}
