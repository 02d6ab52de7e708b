/** What `slowness` measures on a quiet core of 2026, in milliseconds. */
const REFERENCE_MS = 5.6;
const REFERENCE = JSON.stringify(Array.from({ length: 200_000 }, (_, i) => i));

/** How many times slower than on a quiet core this process works now; 1 at least. */
export function slowness(): number {
  const times = Array.from({ length: 10 }, () => {
    const before = process.cpuUsage();
    JSON.parse(REFERENCE);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e3;
  });
  return Math.max(1, Math.min(...times) / REFERENCE_MS);
}
