import { useState } from 'preact/hooks';
import { INVITED } from '../../../contract/invitation';
import type { Invited } from '../../../contract/invitation';
import { answerOf, api } from '../../api/api';
import { loadTeams } from '../../api/load-teams';
import { useLoad } from '../../api/use-load';
import { usePages } from '../../api/use-pages';
import { FormField } from '../../components/form-field';
import { Empty } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { t } from '../../messages';
import { goTo, hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';

import { FoundPeople } from './found-people';
import { InviteDialog } from './invite-dialog';
import { ofClient, ofStaff } from './model';
import type { Kind, Person } from './model';
import { PeopleList } from './people-list';

const PAGE = 25;

interface PeopleScreenProps {
  query: Readonly<Record<string, string>>;
}

/** Clients or staff, by team and by how far their invitation came, or found by a search. */
export function PeopleScreen({ query }: PeopleScreenProps) {
  const kind: Kind = query['kind'] === 'staff' ? 'staff' : 'client';
  const { q = '' } = query;
  const { mayImport } = useSession();
  const [isInviting, setIsInviting] = useState(false);
  const [typed, setTyped] = useState(q);
  const [invited, setInvited] = useState(0);
  const texts = t.people;
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        {mayImport && (
          <button type="button" class="primary" onClick={() => setIsInviting(true)}>
            {kind === 'client' ? texts.invite.client : texts.invite.staff}
          </button>
        )}
      </div>
      <Tabs
        label={texts.parts}
        current={kind}
        tabs={[
          { name: 'client', title: texts.clients, href: hrefOf(['people']) },
          { name: 'staff', title: texts.staff, href: hrefOf(['people'], { kind: 'staff' }) },
        ]}
      />
      <form
        class="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          goTo(['people'], { ...query, q: typed.trim() });
        }}
      >
        <FormField id="people-q" label={texts.search}>
          <input
            type="search"
            minLength={2}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </FormField>
        <button type="submit">{texts.find}</button>
        {q !== '' && (
          <a class="button plain" href={hrefOf(['people'], { kind: query['kind'] })} onClick={() => setTyped('')}>
            {texts.clear}
          </a>
        )}
      </form>
      {q === '' ? <Directory key={`${kind} ${invited}`} kind={kind} query={query} /> : <FoundPeople q={q} />}
      {isInviting && (
        <InviteDialog
          kind={kind}
          onClose={() => setIsInviting(false)}
          onInvited={() => {
            setIsInviting(false);
            setInvited(invited + 1);
          }}
        />
      )}
    </>
  );
}

const isInvited = (text: string | undefined): text is Invited => (INVITED as readonly unknown[]).includes(text);

function Directory({ kind, query }: { kind: Kind; query: Readonly<Record<string, string>> }) {
  const { team, invitation } = query;
  const teams = useLoad(loadTeams, []);
  const pages = usePages<Person>(
    async (after) => {
      const filters = {
        ...(team && { team }),
        ...(isInvited(invitation) && { invitation }),
        ...(after !== undefined && { after }),
        limit: PAGE,
      } as const;
      const params = { params: { query: filters } };
      if (kind === 'staff') {
        const { data, next } = await answerOf(api.GET('/v1/staff', params));
        return { data: data.map(ofStaff), next };
      }
      const { data, next } = await answerOf(api.GET('/v1/clients', params));
      return { data: data.map(ofClient), next };
    },
    [kind, team, invitation],
  );
  const texts = t.people;
  const change = (name: string, value: string): void => goTo(['people'], { ...query, [name]: value });
  return (
    <>
      <div class="filters">
        <FormField id="people-team" label={texts.team}>
          <select value={team ?? ''} onChange={({ currentTarget }) => change('team', currentTarget.value)}>
            <option value="">{texts.allTeams}</option>
            {(teams.value ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </FormField>
        <FormField id="people-invitation" label={texts.state}>
          <select value={invitation ?? ''} onChange={({ currentTarget }) => change('invitation', currentTarget.value)}>
            <option value="">{t.history.any}</option>
            {INVITED.map((one) => (
              <option key={one} value={one}>
                {texts.invited[one]}
              </option>
            ))}
          </select>
        </FormField>
      </div>
      <PeopleList
        pages={pages}
        empty={
          team || invitation ? (
            <Empty title={texts.none} />
          ) : (
            <Empty title={kind === 'client' ? texts.empty.clients : texts.empty.staff}>
              <p>{texts.emptyText}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
