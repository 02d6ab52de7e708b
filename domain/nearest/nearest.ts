import { editDistance } from './edit-distance';
import { createShortlist } from './shortlist';

/** Longer names are compared by their beginnings only: a cell can hold much more than a name. */
const MAX_COMPARED = 32;
/** Two texts are alike with one slip in so many characters. */
const CHARACTERS_A_SLIP = 4;
/** A shorter text is like too many others. */
const SHORTEST_COMPARED = 3;

/** Names by their likeness to a text, the nearest first, and the one that is probably meant. */
export interface Nearest {
  names: string[];
  lookAlike: string | undefined;
}

interface Candidate {
  name: string;
  text: string;
  distance: number;
}

/** Creates a search for the `count` names nearest to a text; equally near names keep their order. */
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

/** The only name that is a slip or two away, or the only one that begins with the text. Two candidates make no guess. */
function lookAlike(wanted: string, ranked: readonly Candidate[], charactersASlip: number): string | undefined {
  // Team2 is not a mistyped Team1.
  const candidates = ranked.filter(({ text }) => digitsOf(text) === digitsOf(wanted));
  const [first, second] = candidates;
  if (!first) return undefined;
  if (first.distance <= slipsAllowed(wanted, charactersASlip) && first.distance !== second?.distance) return first.name;
  if (wanted.length < SHORTEST_COMPARED) return undefined;
  const completions = candidates.filter(({ text }) => text.startsWith(wanted));
  return completions.length === 1 ? completions[0]!.name : undefined;
}

const slipsAllowed = ({ length }: string, charactersASlip: number): number =>
  length < SHORTEST_COMPARED ? 0 : Math.max(1, Math.floor(length / charactersASlip));

const digitsOf = (text: string): string => text.replace(/\P{N}/gu, '');

/** Ignores the usual slips: case, spaces and punctuation. */
const comparable = (name: string): string =>
  name
    .slice(0, 2 * MAX_COMPARED)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .slice(0, MAX_COMPARED);
