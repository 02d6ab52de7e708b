import { Fragment } from 'preact';
import type { ComponentChildren } from 'preact';
import type { Pages } from '../api/use-pages';
import { t } from '../messages';
import { Failure, Loading } from './states';

export interface ListColumn<Item> {
  /** Unique in the table. */
  key: string;
  title: string;
  cell: (item: Item) => ComponentChildren;
  /** Said by screen readers alone. */
  isTitleHidden?: boolean;
  isNumber?: boolean;
  /** Hidden where the window is narrow. */
  isExtra?: boolean;
}

interface ListTableProps<Item> {
  caption: string;
  columns: readonly ListColumn<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
}

/** A table of some dozens of items, whose rows are as high as their content. */
export const ListTable = <Item,>({ caption, columns, items, keyOf }: ListTableProps<Item>) => (
  <div class="list-frame" tabIndex={0} role="group" aria-label={caption}>
    <table class="list">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={classOf(column)}>
              <span class={column.isTitleHidden ? 'hidden' : undefined}>{column.title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map((column) => (
              <td key={column.key} class={classOf(column)}>
                {column.cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const classOf = <Item,>({ isNumber = false, isExtra = false }: ListColumn<Item>): string =>
  [isNumber && 'number', isExtra && 'extra'].filter(Boolean).join(' ');

interface PagedListProps<Item> extends Omit<ListTableProps<Item>, 'items'> {
  pages: Pages<Item>;
  /** Shown in place of a table without rows. */
  empty: ComponentChildren;
}

/** A list in all its states: loading, failed, empty, and with a button for the next page. */
export function PagedList<Item>({ pages, empty, ...table }: PagedListProps<Item>) {
  const { items, error, isLoading, more, reload } = pages;
  const failure = error === undefined ? null : <Failure error={error} retry={reload} />;
  if (!items) return failure ?? <Loading />;
  return (
    <Fragment>
      {failure}
      {items.length === 0 && !isLoading ? empty : <ListTable {...table} items={items} />}
      {more && (
        <p class="list-more">
          <button type="button" onClick={more}>
            {t.common.more}
          </button>
        </p>
      )}
    </Fragment>
  );
}
