/** Names longer than this are compared by their beginnings: a cell can hold much more than any name. */
const MAX_COMPARED = 64;

/** At most `count` of the names, the one most like `text` first; equally near ones keep their order. */
export function nearestNames(text: string, names: readonly string[], count: number): string[] {
  const wanted = comparable(text);
  return names
    .map((name) => ({ name, distance: editDistance(wanted, comparable(name)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

const comparable = (name: string): string => name.slice(0, MAX_COMPARED).toLowerCase();

/** How many characters must be put in, taken out or changed to make one text of the other. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + change));
    }
    above = row;
  }
  return above[to.length]!;
}
