import type { Person } from '../support/people';

/** Cells as offices type them. The row is invited at the address and number that were meant, or it is rejected. */
interface AwkwardCells {
  typed: (meant: Person) => Partial<Person>;
  isRejected?: true;
}

const AWKWARD: readonly AwkwardCells[] = [
  { typed: ({ mobile }) => ({ mobile: mobile.replace(/^\+1(\d{3})(\d{3})/, '+1 ($1) $2-') }) },
  { typed: ({ mobile }) => ({ mobile: `'${mobile}` }) },
  { typed: ({ mobile, firstName }) => ({ mobile: `="${mobile}"`, firstName: `="${firstName}"` }) },
  { typed: ({ email }) => ({ email: ` ${email}\u00a0`, company: 'NULL' }) },
  // Nobody can tell whose these numbers are: nationally typed in China and America, and with an extension.
  { typed: () => ({ mobile: '13123894213' }), isRejected: true },
  { typed: () => ({ mobile: '(479) 212-3456' }), isRejected: true },
  { typed: () => ({ mobile: '0664 1234567/12' }), isRejected: true },
  { typed: ({ mobile }) => ({ mobile: `${mobile}/${mobile}` }), isRejected: true },
  { typed: () => ({ firstName: '????' }), isRejected: true },
  { typed: () => ({ firstName: '#REF!' }), isRejected: true },
  { typed: () => ({ lastName: 'NULL' }), isRejected: true },
  { typed: () => ({ firstName: 'Ren&eacute;e' }), isRejected: true },
  { typed: ({ email }) => ({ email: `'${email}` }), isRejected: true },
];

/** One row in this many is awkward. */
const EVERY = 10;

/** People as a file has them, some of their cells awkward, and the lines that have to be rejected. */
export function withAwkwardCells(meant: readonly Person[]): { typed: Person[]; rejected: number[] } {
  const cellsOf = (i: number): AwkwardCells | undefined =>
    i % EVERY === EVERY - 1 ? AWKWARD[Math.floor(i / EVERY) % AWKWARD.length] : undefined;
  return {
    typed: meant.map((person, i) => ({ ...person, ...cellsOf(i)?.typed(person) })),
    rejected: meant.flatMap((_, i) => (cellsOf(i)?.isRejected ? [i + 2] : [])),
  };
}
