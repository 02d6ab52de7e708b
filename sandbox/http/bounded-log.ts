const MAX_ENTRIES = 20_000;

/** An entry's number, which is never used again, and the time of its creation. */
interface Stamp {
  seq: number;
  at: string;
}

export interface BoundedLog<Entry extends Stamp> {
  add(entry: Omit<Entry, keyof Stamp>): Entry;
  /** Oldest first, from the number after `after` on. */
  list(after?: number): Entry[];
  clear(): void;
}

/** Keeps the latest 20,000 entries. */
export function createBoundedLog<Entry extends Stamp>(): BoundedLog<Entry> {
  let entries: Entry[] = [];
  let seq = 0;
  return {
    add(fields) {
      const entry = { seq: ++seq, at: new Date().toISOString(), ...fields } as Entry;
      // Cut in large steps: shifting an array of this size for each entry would cost more than the request.
      if (entries.length >= MAX_ENTRIES * 1.1) entries = entries.slice(-MAX_ENTRIES);
      entries.push(entry);
      return entry;
    },
    list: (after = 0) => entries.slice(-MAX_ENTRIES).filter((entry) => entry.seq > after),
    clear: () => void (entries = []),
  };
}
