import { parseArgs } from 'node:util';

export interface Plan {
  /** How many files are imported at once. */
  files: number[];
  /** What the providers take for an answer, in milliseconds: with every number of files. */
  latencies: number[];
  /** Further ones, with a single file. */
  latenciesOfOne: number[];
  rounds: number;
  /** Imports one after another that make a round with a single file. */
  singles: number;
  /** A measure by itself, in place of the comparison. */
  only?: string | undefined;
  provider?: 'plain' | 'sandbox' | undefined;
  /** A folder with another build of the product, to be compared with in place of the peers. */
  against?: string | undefined;
}

const DEFAULTS: Plan = { files: [1, 10, 50], latencies: [20], latenciesOfOne: [0, 80], rounds: 3, singles: 5 };
const QUICK: Plan = { files: [1, 10], latencies: [20], latenciesOfOne: [80], rounds: 3, singles: 5 };

/** Throws an error that names the argument. */
export function readArguments(argv: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      files: { type: 'string' },
      latency: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      provider: { type: 'string' },
      against: { type: 'string' },
    },
  });
  const base = values.quick ? QUICK : DEFAULTS;
  return {
    ...base,
    ...(values.files !== undefined && { files: numbers('files', values.files, 1) }),
    // Whoever names latencies wants these and no others.
    ...(values.latency !== undefined && { latencies: numbers('latency', values.latency, 0), latenciesOfOne: [] }),
    ...(values.rounds !== undefined && { rounds: numbers('rounds', values.rounds, 1)[0]! }),
    ...(values.only !== undefined && { only: values.only }),
    ...(values.provider !== undefined && { provider: providerOf(values.provider) }),
    ...(values.against !== undefined && { against: values.against }),
  };
}

function numbers(name: string, text: string, least: number): number[] {
  const read = text.split(',').map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : NaN));
  if (read.every((value) => value >= least)) return read;
  throw new Error(`--${name} is "${text}". Give whole numbers of at least ${least}, with commas between them.`);
}

function providerOf(name: string): 'plain' | 'sandbox' {
  if (name === 'plain' || name === 'sandbox') return name;
  throw new Error(`--provider is "${name}". Give plain or sandbox.`);
}

export interface Cell {
  files: number;
  latencyMs: number;
}

/** What is compared, in the order of the table. */
export const cellsOf = ({ files, latencies, latenciesOfOne }: Plan): Cell[] =>
  files.flatMap((count) =>
    [...latencies, ...(count === 1 ? latenciesOfOne : [])].map((latencyMs) => ({ files: count, latencyMs })),
  );
