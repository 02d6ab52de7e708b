import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { useLoad } from '../../api/use-load';
import { usePages } from '../../api/use-pages';
import { Failure } from '../../components/states';
import { t } from '../../messages';
import { fill } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { nameOf, ofFound } from './model';
import type { Person } from './model';
import { PeopleList } from './people-list';

const PAGE = 10;

const find = (q: string, after: string | undefined): Promise<Schemas['FoundPeople']> =>
  answerOf(api.GET('/v1/people', { params: { query: { q, limit: PAGE, ...(after !== undefined && { after }) } } }));

/** Clients and staff who are found, and lines that name somebody and have created nobody. */
export function FoundPeople({ q }: { q: string }) {
  const pages = usePages<Person>(
    async (after) => {
      const { data, next } = await find(q, after);
      return { data: data.map(ofFound), next };
    },
    [q],
  );
  return (
    <section aria-labelledby="found">
      <h2 id="found">{t.history.found}</h2>
      <PeopleList
        pages={pages}
        empty={
          <p class="quiet">
            {t.people.none}. {t.people.noneText}
          </p>
        }
      />
      <UnmadeRows q={q} />
    </section>
  );
}

function UnmadeRows({ q }: { q: string }) {
  const { value, error } = useLoad(() => find(q, undefined), [q]);
  if (error !== undefined) return <Failure error={error} />;
  if (!value || value.rows.length === 0) return null;
  return (
    <>
      <h3>{t.people.unmade}</h3>
      <ul class="sub-list">
        {value.rows.map((row) => (
          <li key={`${row.import.id}-${row.line}`}>
            <a href={hrefOf(['imports', row.import.id], { line: String(row.line) })}>
              {fill(t.people.unmadeLine, { file: row.import.fileName, line: row.line })}
            </a>{' '}
            {nameOf(row)} <span class="quiet small">{row.problems[0]?.message ?? t.imports.rowStatus[row.status]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
