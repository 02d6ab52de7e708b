import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Pages } from '../../api/use-pages';
import { PagedList } from '../../components/list-table';
import type { ListColumn } from '../../components/list-table';
import { t } from '../../messages';
import { formatDay, formatList } from '../../messages/format';
import type { Person } from './model';
import { PersonDrawer } from './person-drawer';
import { Standing } from './standing';

interface PeopleListProps {
  pages: Pages<Person>;
  empty: ComponentChildren;
}

/** People with their invitations; a click on a name opens all about one. */
export function PeopleList({ pages, empty }: PeopleListProps) {
  const [open, setOpen] = useState<Person | undefined>();
  const columns: ListColumn<Person>[] = [
    {
      key: 'name',
      title: t.people.name,
      cell: (person) => (
        <div class="list-name">
          <button type="button" class="plain" onClick={() => setOpen(person)}>
            {person.name}
          </button>
          {person.company !== null && <p class="small quiet">{person.company}</p>}
          {person.role !== null && <p class="small quiet">{t.people.roles[person.role]}</p>}
        </div>
      ),
    },
    { key: 'state', title: t.people.state, cell: (person) => <Standing person={person} /> },
    {
      key: 'contact',
      title: t.people.contact,
      isExtra: true,
      cell: ({ email, mobile }) => (
        <>
          <p>{email}</p>
          <p class="small quiet">{mobile}</p>
        </>
      ),
    },
    {
      key: 'teams',
      title: t.people.teams,
      isExtra: true,
      cell: ({ teams }) => formatList(teams.map(({ name }) => name)),
    },
    {
      key: 'created',
      title: t.people.created,
      isExtra: true,
      cell: ({ createdAt }) => <time dateTime={createdAt}>{formatDay(createdAt)}</time>,
    },
  ];
  return (
    <>
      <PagedList caption={t.people.title} columns={columns} pages={pages} keyOf={({ id }) => id} empty={empty} />
      {open && (
        <PersonDrawer
          person={open}
          onClose={() => setOpen(undefined)}
          onChanged={() => {
            setOpen(undefined);
            pages.reload();
          }}
        />
      )}
    </>
  );
}
