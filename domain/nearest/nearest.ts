import { editDistance } from './edit-distance';
import { createShortlist } from './shortlist';

/** Names longer than this are compared by their beginnings: a cell can hold much more than any name. */
const MAX_COMPARED = 32;
/** One slip in so many characters is still a likeness, where the caller does not say otherwise. */
const CHARACTERS_A_SLIP = 4;
/** A shorter text is like too much. */
const SHORTEST_COMPARED = 3;

/** Names in the order of their likeness to a text, and the one that is probably meant. */
export interface Nearest {
  names: string[];
  lookAlike: string | undefined;
}

interface Candidate {
  name: string;
  text: string;
  distance: number;
}

/** Makes a search for the `count` names most like a text, the nearest first; equally near ones keep their order. */
export function createNearest(
  names: readonly string[],
  count: number,
  charactersASlip = CHARACTERS_A_SLIP,
): (text: string) => Nearest {
  const texts = names.map(comparable);
  const shortlist = createShortlist(texts);
  return (text) => {
    const wanted = comparable(text);
    const ranked = shortlist(wanted)
      .map((index) => ({ name: names[index]!, text: texts[index]!, distance: editDistance(wanted, texts[index]!) }))
      .sort((a, b) => a.distance - b.distance);
    return {
      names: ranked.slice(0, count).map(({ name }) => name),
      lookAlike: lookAlike(wanted, ranked, charactersASlip),
    };
  };
}

/** The only name that is a slip or two away, or the only one that begins like this. Between two nobody can choose. */
function lookAlike(wanted: string, ranked: readonly Candidate[], charactersASlip: number): string | undefined {
  // Team2 is no slip for Team1.
  const candidates = ranked.filter(({ text }) => digitsOf(text) === digitsOf(wanted));
  const [first, second] = candidates;
  if (!first) return undefined;
  if (first.distance <= slipsAllowed(wanted, charactersASlip) && first.distance !== second?.distance) return first.name;
  if (wanted.length < SHORTEST_COMPARED) return undefined;
  const begun = candidates.filter(({ text }) => text.startsWith(wanted));
  return begun.length === 1 ? begun[0]!.name : undefined;
}

const slipsAllowed = ({ length }: string, charactersASlip: number): number =>
  length < SHORTEST_COMPARED ? 0 : Math.max(1, Math.floor(length / charactersASlip));

const digitsOf = (text: string): string => text.replace(/\P{N}/gu, '');

/** What a slip of the hand easily changes counts for nothing: case, spaces and signs. */
const comparable = (name: string): string =>
  name
    .slice(0, 2 * MAX_COMPARED)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .slice(0, MAX_COMPARED);
