/** Up to this many texts, a comparison with each is cheaper than a shortlist. */
const SHORTLISTED = 20;

/**
 * Creates a quick first choice among many texts: the indexes of those that share most pairs of neighbouring characters
 * with a given one, in their order. A comparison of each cell with each name of an organisation would take seconds.
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
    // Among texts that share as many pairs, the one closer in length comes first.
    const unlikeness = (index: number): number => Math.abs(texts[index]!.length - wanted.length) - 2 * shared[index]!;
    const byLikeness = all.map((index) => ({ index, unlikeness: unlikeness(index) }));
    byLikeness.sort((a, b) => a.unlikeness - b.unlikeness);
    return byLikeness
      .slice(0, SHORTLISTED)
      .map(({ index }) => index)
      .sort((a, b) => a - b);
  };
}

/** The distinct pairs, with both edges of the text as characters. */
function pairsOf(text: string): Set<string> {
  const edged = `^${text}$`;
  const pairs = new Set<string>();
  for (let i = 1; i < edged.length; i++) pairs.add(edged.slice(i - 1, i + 1));
  return pairs;
}
