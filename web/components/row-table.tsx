import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Column<Item> {
  /** Unique in the table. */
  key: string;
  title: string;
  cell: (item: Item) => ComponentChildren;
  /** `grow` takes what the others leave; `whole` is the only column of a phone, where nothing is scrolled to the side. */
  width?: 'narrow' | 'name' | 'normal' | 'grow' | 'whole';
}

interface RowTableProps<Item> {
  caption: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  /** Of text in a row. */
  lines?: keyof typeof ROW_HEIGHTS;
  /** Emphasised, such as the row whose story is open. */
  isCurrent?: (item: Item) => boolean;
  /** Told which items are drawn, whenever these are others. */
  onView?: (items: readonly Item[]) => void;
}

/** Height of a row of one line and of two in pixels, as in the style sheet: rows of one height can be skipped without being drawn. */
const ROW_HEIGHTS = { 1: 44, 2: 68 } as const;
/** Drawn beyond the edges, so that fast scrolling shows no gaps. */
const EXTRA_ROWS = 12;

/** A table that draws only the rows in view, of any number. */
export function RowTable<Item>({ caption, columns, items, keyOf, isCurrent, onView, ...props }: RowTableProps<Item>) {
  const { lines = 1 } = props;
  const rowHeight = ROW_HEIGHTS[lines];
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = frame.current!;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - EXTRA_ROWS);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + EXTRA_ROWS);
  const drawn = items.slice(first, last);
  const keys = drawn.map(keyOf).join(' ');
  useEffect(() => onView?.(drawn), [keys]);
  const classOf = ({ width = 'normal' }: Column<Item>): string => `column-${width}`;
  return (
    <div class="table-frame" ref={frame} tabIndex={0} role="group" aria-label={caption}>
      <table class={`table table-${lines}`} aria-rowcount={items.length + 1}>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={first * rowHeight} columns={columns.length} />
          {drawn.map((item, i) => (
            <tr key={keyOf(item)} aria-rowindex={first + i + 2} class={isCurrent?.(item) ? 'current' : undefined}>
              {columns.map((column) => (
                <td key={column.key} class={classOf(column)}>
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
          <Gap height={(items.length - last) * rowHeight} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for rows that are not drawn. */
const Gap = ({ height, columns }: { height: number; columns: number }) =>
  height > 0 ? (
    <tr aria-hidden="true" style={{ height: `${height}px` }}>
      <td colSpan={columns} />
    </tr>
  ) : null;
