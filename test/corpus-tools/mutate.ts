import { unzipSync } from 'fflate';
import iconv from 'iconv-lite';
import type { Random } from './random';
import { pack } from '../corpus/writers/workbook';

/** A file that may be damaged, and what the others are spliced from. */
export interface Seed {
  name: string;
  bytes: Uint8Array;
}

export interface Mutant {
  name: string;
  bytes: Uint8Array;
  /** What was done to which seed, so that a failure can be understood without doing it again. */
  story: string;
}

type Mutation = (bytes: Buffer, random: Random, others: readonly Seed[]) => Buffer;

const LARGEST = 400_000;
const MOST_STEPS = 3;
/** Most damage is small, so that much of what is damaged can still be read. */
const SMALL = 0.7;
/** What begins to mean something in a file of cells. */
const SIGNS = [
  ...[
    '"',
    '""',
    '"""',
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\ufeff',
    '=',
    '+',
    '-',
    '@',
    '\\',
    '\u2028',
  ],
  ...[
    'sep=;\r\n',
    'First Name',
    'Client Teams',
    'Email',
    'import_line',
    'import_id',
    '4.4E+11',
    '+44',
    '\ud83c\udff3\ufe0f',
    '\u202e',
  ],
  ...[
    '<',
    '>',
    '&',
    '</row>',
    '<c r="ZZZ1"/>',
    '<!--',
    ']]>',
    '<!DOCTYPE x>',
    '&#0;',
    'r="A0"',
    ' t="s"',
    '\u0000\u0000\u0000\u0000',
  ],
].map((sign) => Buffer.from(sign));
const RAW = [[0xff], [0xfe, 0xff], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0x80], [0xc3], [0xed, 0xa0, 0x80], [0x1a]].map(
  (raw) => Buffer.from(raw),
);
const STARTS = [
  'PK\x03\x04',
  'PK\x05\x06',
  '%PDF-1.4',
  '\x1f\x8b',
  '{"a":',
  '<html>',
  '\xd0\xcf\x11\xe0',
  'sep=|\n',
  '\n\n\n',
].map((start) => Buffer.from(start, 'latin1'));
const ENCODINGS = ['utf16le', 'utf16be', 'utf-32le', 'windows-1252', 'shift_jis', 'macintosh', 'utf-7'];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flip bits'(bytes, random) {
    const flipped = Buffer.from(bytes);
    if (flipped.length === 0) return flipped;
    for (let i = random.below(8); i >= 0; i--) flipped[random.below(flipped.length)]! ^= 1 << random.below(8);
    return flipped;
  },
  'delete a range': (bytes, random) => {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  'repeat a range': (bytes, random) => {
    const [from, to] = range(bytes, random);
    const block = bytes.subarray(from, to);
    const times = Math.min(1 + random.below(random.chance(0.2) ? 2000 : 5), Math.ceil(LARGEST / (block.length + 1)));
    return Buffer.concat([bytes.subarray(0, to), ...Array.from({ length: times }, () => block), bytes.subarray(to)]);
  },
  'move a range': (bytes, random) => {
    const [from, to] = range(bytes, random);
    const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    return insert(rest, random.below(rest.length + 1), bytes.subarray(from, to));
  },
  'insert signs': (bytes, random) => {
    let changed = bytes;
    for (let i = random.below(6); i >= 0; i--) {
      changed = insert(changed, random.below(changed.length + 1), random.pick(random.chance(0.2) ? RAW : SIGNS));
    }
    return changed;
  },
  'insert a long run': (bytes, random) => {
    const run = Buffer.alloc(random.below(random.chance(SMALL) ? 200 : 150_000), random.pick(SIGNS.concat(RAW)));
    return insert(bytes, random.below(bytes.length + 1), run);
  },
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  'cut off the beginning': (bytes, random) =>
    bytes.subarray(random.below(random.chance(SMALL) ? 10 : bytes.length + 1)),
  'put something in front': (bytes, random) => Buffer.concat([random.pick(random.chance(0.5) ? STARTS : RAW), bytes]),
  'splice with another': (bytes, random, others) => {
    const other = Buffer.from(random.pick(others).bytes);
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]);
  },
  'put another inside': (bytes, random, others) =>
    insert(bytes, random.below(bytes.length + 1), random.pick(others).bytes),
  'save in another encoding': (bytes, random) =>
    iconv.encode(bytes.toString(), random.pick(ENCODINGS), { addBOM: random.chance(0.5) }),
  'change line breaks': (bytes, random) =>
    Buffer.from(
      bytes.toString('latin1').replace(/\r\n|\n|\r/g, random.pick(['\n', '\r', '\r\n', '\r\r\n', '\n\r', '\u0085'])),
      'latin1',
    ),
  'change delimiters': (bytes, random) =>
    Buffer.from(
      bytes
        .toString('latin1')
        .replaceAll(random.pick([',', ';', '\t', '|', '"']), random.pick([',', ';', '\t', '|', '"', ''])),
      'latin1',
    ),
  'shuffle lines': (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    return Buffer.from(lines.map(() => random.pick(lines)).join('\n'), 'latin1');
  },
};

/** A file with up to three things done to it, always the same for the same seed of the random numbers. */
export function mutate(seeds: readonly Seed[], random: Random): Mutant {
  const seed = random.pick(seeds);
  const story = [seed.name];
  let bytes: Buffer = Buffer.from(seed.bytes);
  for (let step = random.below(MOST_STEPS); step >= 0; step--) {
    const [name, mutation] = random.pick(Object.entries(MUTATIONS));
    const parts = random.chance(0.8) ? unpack(bytes) : undefined;
    if (parts) {
      const part = random.pick(Object.keys(parts));
      parts[part] = mutation(Buffer.from(parts[part]!), random, seeds);
      bytes = Buffer.from(pack(random.chance(0.05) ? without(parts, part) : parts));
      story.push(`${name} in ${part}`);
    } else {
      bytes = mutation(bytes, random, seeds);
      story.push(name);
    }
    if (bytes.length > LARGEST) bytes = bytes.subarray(0, LARGEST);
  }
  return { name: seed.name, bytes, story: story.join(', ') };
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> | undefined {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  try {
    const parts = unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= LARGEST });
    return Object.keys(parts).length > 0 ? parts : undefined;
  } catch {
    return undefined;
  }
}

const without = (parts: Record<string, Uint8Array>, name: string): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name));

function range(bytes: Buffer, random: Random): [from: number, to: number] {
  const from = random.below(bytes.length + 1);
  const longest = random.chance(SMALL) ? 40 : bytes.length;
  return [from, Math.min(bytes.length, from + random.below(longest + 1))];
}

const insert = (bytes: Buffer, at: number, what: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);
