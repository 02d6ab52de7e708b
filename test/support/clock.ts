/** The clock by which messages are due. It goes on as time does, from whatever moment it is set to. */
export function createClock() {
  let ahead = 0;
  return {
    now: (): Date => new Date(Date.now() + ahead),
    set(moment: string): void {
      ahead = new Date(moment).getTime() - Date.now();
    },
    reset(): void {
      ahead = 0;
    },
  };
}
