import type { firstLinesOf } from '../../domain/checking/first-lines';
import type { ImportDoc } from '../../store/documents';

export type FirstLines = ReturnType<typeof firstLinesOf>;

/** Addresses of uploads that are kept, some 100 bytes each: two hundred files of 500 rows at the same time, twice. */
const MOST_ADDRESSES = 200_000;

/** By import and options, the longest unused first. An id is never used again, and a file never changes. */
const kept = new Map<string, Promise<FirstLines>>();
let addresses = 0;

/**
 * The addresses of a file, found once by this process, though each later file of its upload asks for them. Not stored: any process
 * finds the same in the file, and a stored copy of people's addresses would have to be erased with them.
 */
export function keepFirstLines(
  { _id, options }: Pick<ImportDoc, '_id' | 'options'>,
  find: () => Promise<FirstLines>,
): Promise<FirstLines> {
  // A choice of an administrator may leave hidden rows out, or read the file in another encoding.
  const name = `${_id} ${JSON.stringify(options)}`;
  const known = kept.get(name);
  const lines = known ?? find();
  kept.delete(name);
  kept.set(name, lines);
  if (known) return known;
  lines.then(
    ({ size }) => {
      addresses += size;
      return shrink();
    },
    () => kept.delete(name),
  );
  return lines;
}

async function shrink(): Promise<void> {
  for (const [name, lines] of kept) {
    if (addresses <= MOST_ADDRESSES) return;
    kept.delete(name);
    addresses -= await lines.then(
      ({ size }) => size,
      () => 0,
    );
  }
}
