/** Up to this many texts, looking at each is cheaper than choosing among them. */
const SHORTLISTED = 20;

/**
 * Makes a quick first choice among many texts: the indexes of those that share most pairs of neighbouring characters with
 * a given one, in their order. To compare each text of a file with each name of an organisation would take seconds.
 */
export function createShortlist(texts: readonly string[]): (wanted: string) => number[] {
  const all = texts.map((_, index) => index);
  if (texts.length <= SHORTLISTED) return () => all;

  const indexesByPair = new Map<string, number[]>();
  texts.forEach((text, index) => {
    for (const pair of pairsOf(text)) {
      const indexes = indexesByPair.get(pair);
      if (indexes) indexes.push(index);
      else indexesByPair.set(pair, [index]);
    }
  });

  return (wanted) => {
    const shared = new Uint8Array(texts.length);
    for (const pair of pairsOf(wanted)) {
      for (const index of indexesByPair.get(pair) ?? []) shared[index]!++;
    }
    // Among texts that share as much, the one that is closer in length comes first.
    const strangeness = (index: number): number => Math.abs(texts[index]!.length - wanted.length) - 2 * shared[index]!;
    const byLikeness = all.map((index) => ({ index, strangeness: strangeness(index) }));
    byLikeness.sort((a, b) => a.strangeness - b.strangeness);
    return byLikeness
      .slice(0, SHORTLISTED)
      .map(({ index }) => index)
      .sort((a, b) => a - b);
  };
}

/** Each pair once, with the edges of the text as characters of their own. */
function pairsOf(text: string): Set<string> {
  const edged = `^${text}$`;
  const pairs = new Set<string>();
  for (let i = 1; i < edged.length; i++) pairs.add(edged.slice(i - 1, i + 1));
  return pairs;
}
