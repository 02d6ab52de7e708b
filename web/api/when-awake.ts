const LOOK_EVERY_MS = 5_000;
/** Browsers let the timers of a hidden page run once a minute: a longer gap is a sleep. */
const SLEPT_MS = 90_000;

/** Calls `act` when the computer, or this page, has slept. Returns what ends that. */
export function whenAwake(act: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > SLEPT_MS) act();
    last = now;
  }, LOOK_EVERY_MS);
  // Of a page that a browser has frozen to save power.
  const resume = (): void => {
    last = Date.now();
    act();
  };
  document.addEventListener('resume', resume);
  return () => {
    clearInterval(timer);
    document.removeEventListener('resume', resume);
  };
}
