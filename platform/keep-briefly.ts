interface Kept<Value> {
  value: Promise<Value>;
  until: number;
}

/**
 * Reads the value of a key at most once in `ms`: who asks meanwhile gets the same, also while the first read runs. A read that fails is
 * not kept. Keeps `most` keys, the newest.
 */
export function keepBriefly<Value>(
  read: (key: string) => Promise<Value>,
  { ms, most, now = Date.now }: { ms: number; most: number; now?: () => number },
): (key: string) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  return (key) => {
    const known = kept.get(key);
    if (known && now() < known.until) return known.value;
    const fresh = { value: read(key), until: now() + ms };
    kept.delete(key);
    kept.set(key, fresh);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    fresh.value.catch(() => {
      if (kept.get(key) === fresh) kept.delete(key);
    });
    return fresh.value;
  };
}
