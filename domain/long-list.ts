import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Items in an order, each time from the first: an array, or more of them than one process should hold as objects. */
export interface List<T> extends Iterable<T> {
  readonly length: number;
}

/**
 * So many items are held as they are: hundred times the rows of a usual file, and some ten megabytes. A longer list is packed, which
 * takes some ten microseconds an item.
 */
export const MOST_HELD = 5_000;
const PACKED_TOGETHER = 500;

/** Packed by some hundred, outside of the heap: a row of a list of people takes some 60 bytes. Dates and `undefined` come back. */
class PackedList<T> implements List<T> {
  private readonly packs: Buffer[] = [];
  private open: T[] = [];

  get length(): number {
    return this.packs.length * PACKED_TOGETHER + this.open.length;
  }

  push(item: T): void {
    this.open.push(item);
    if (this.open.length < PACKED_TOGETHER) return;
    this.packs.push(deflateRawSync(serialize(this.open), { level: 1 }));
    this.open = [];
  }

  *[Symbol.iterator](): Generator<T> {
    for (const pack of this.packs) yield* deserialize(inflateRawSync(pack)) as T[];
    yield* this.open;
  }
}

/** Collects items, as objects for as long as they are few. */
export class ListBuilder<T> {
  private held: T[] = [];
  private packed: PackedList<T> | undefined;

  constructor(private readonly mostHeld = MOST_HELD) {}

  get length(): number {
    return (this.packed ?? this.held).length;
  }

  push(item: T): void {
    if (this.packed) return this.packed.push(item);
    this.held.push(item);
    if (this.held.length <= this.mostHeld) return;
    this.packed = new PackedList();
    for (const one of this.held) this.packed.push(one);
    this.held = [];
  }

  /** The builder is not to be used any more. */
  list(): List<T> {
    return this.packed ?? this.held;
  }
}

export const isHeld = <T>(list: List<T>): list is List<T> & readonly T[] => Array.isArray(list);

/** The items with another in the place of each; of a long list made anew whenever it is gone through. */
export function mapList<T, U>(list: List<T>, change: (item: T, index: number) => U): List<U> {
  if (isHeld(list)) return list.map(change);
  return {
    length: list.length,
    *[Symbol.iterator]() {
      let index = 0;
      for (const item of list) yield change(item, index++);
    },
  };
}

/** Groups of at most `size` items; of a held list that is no longer, the list itself. */
export function* pagesOf<T>(list: List<T>, size: number): Generator<readonly T[]> {
  if (isHeld(list) && list.length <= size) {
    if (list.length > 0) yield list;
    return;
  }
  let page: T[] = [];
  for (const item of list) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The index of the first item that satisfies `test`; -1 if none does. */
export function indexIn<T>(list: Iterable<T>, test: (item: T, index: number) => boolean): number {
  let index = 0;
  for (const item of list) {
    if (test(item, index)) return index;
    index++;
  }
  return -1;
}

/** The items from one on. */
export function listFrom<T>(list: List<T>, start: number): List<T> {
  if (isHeld(list)) return list.slice(start);
  return {
    length: Math.max(0, list.length - start),
    *[Symbol.iterator]() {
      let index = 0;
      for (const item of list) if (index++ >= start) yield item;
    },
  };
}
