import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { loadTeams } from '../../api/load-teams';
import { useCommand } from '../../shell/use-command';
import { useLoad } from '../../api/use-load';
import { Confirm } from '../../components/confirm';
import { ListTable } from '../../components/list-table';
import { Pill } from '../../components/pill';
import { Empty, Failure, Pending } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { count, fill, formatNumber } from '../../messages/format';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import { CreateTeam } from './create-team';
import { EditTeam } from './edit-team';

type Team = Schemas['ClientTeam'];
type Member = Team['staff'][number];

/** Client teams, those whose clients cannot be invited yet first, with the reason. */
export function TeamsScreen() {
  const { mayImport, organisation } = useSession();
  const { value, error, reload } = useLoad(loadTeams, []);
  const [isCreating, setIsCreating] = useState(false);
  const [edited, setEdited] = useState<string | undefined>();
  const [removing, setRemoving] = useState<Team | undefined>();
  const { run, error: failure } = useCommand();
  const texts = t.teams;
  if (!value) return <Pending title={texts.title} error={error} retry={reload} />;

  const teams = value.toSorted((one, other) => Number(one.ready) - Number(other.ready));
  const editedTeam = teams.find(({ id }) => id === edited);
  const activate = ({ id, ...member }: Member): void => {
    const name = nameOf(member);
    run(
      () => answerOf(api.POST('/v1/staff/{id}/activation', { params: { path: { id } } })),
      () => {
        tell(fill(texts.activated, { name }));
        reload();
      },
    );
  };
  const remove = async ({ id, name }: Team): Promise<void> => {
    await answerOf(api.DELETE('/v1/client-teams/{id}', { params: { path: { id } } }));
    tell(fill(texts.removed, { name }));
    setRemoving(undefined);
    reload();
  };
  const mayRemove = ({ id, clients }: Team): boolean =>
    mayImport && clients === 0 && organisation.defaultTeam?.id !== id;
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        {mayImport && (
          <button type="button" class="primary" onClick={() => setIsCreating(true)}>
            {texts.create.action}
          </button>
        )}
      </div>
      {failure !== undefined && <Failure error={failure} />}
      {teams.length === 0 ? (
        <Empty title={texts.empty}>
          <p>{texts.emptyText}</p>
        </Empty>
      ) : (
        <ListTable<Team>
          caption={texts.title}
          items={teams}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'team',
              title: texts.team,
              cell: ({ id, name, clients }) => (
                <>
                  {mayImport ? (
                    <button type="button" class="plain list-name" onClick={() => setEdited(id)}>
                      {name}
                    </button>
                  ) : (
                    <strong class="list-name">{name}</strong>
                  )}
                  <p class="small not-wide">
                    <a href={hrefOf(['people'], { team: id })}>{count(clients, texts.clientsOf)}</a>
                  </p>
                </>
              ),
            },
            { key: 'state', title: texts.state, cell: (team) => <Readiness team={team} /> },
            {
              key: 'staff',
              title: texts.staff,
              cell: ({ staff }) => <Members staff={staff} mayActivate={mayImport} onActivate={activate} />,
            },
            {
              key: 'clients',
              title: texts.clients,
              isNumber: true,
              isExtra: true,
              cell: ({ id, name, clients }) => (
                <a href={hrefOf(['people'], { team: id })}>
                  <span class="hidden">{fill(texts.show, { name })}: </span>
                  {formatNumber(clients)}
                </a>
              ),
            },
            {
              key: 'remove',
              title: texts.actions,
              isTitleHidden: true,
              isExtra: true,
              cell: (team) =>
                mayRemove(team) && (
                  <button type="button" class="plain" onClick={() => setRemoving(team)}>
                    {texts.remove}
                  </button>
                ),
            },
          ]}
        />
      )}
      {isCreating && (
        <CreateTeam
          onClose={() => setIsCreating(false)}
          onCreated={() => {
            setIsCreating(false);
            reload();
          }}
        />
      )}
      {editedTeam && <EditTeam team={editedTeam} onClose={() => setEdited(undefined)} onChanged={reload} />}
      {removing && (
        <Confirm
          title={fill(texts.removeTitle, { name: removing.name })}
          action={texts.remove}
          isDangerous
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{texts.removeText}</p>
        </Confirm>
      )}
    </>
  );
}

const nameOf = ({ firstName, lastName }: Pick<Member, 'firstName' | 'lastName'>): string => `${firstName} ${lastName}`;

const Readiness = ({ team: { ready, staff } }: { team: Team }) => (
  <>
    <Pill tone={ready ? 'good' : 'warn'}>{ready ? t.teams.ready : t.teams.notReady}</Pill>
    {!ready && <p class="small quiet">{staff.length === 0 ? t.teams.noStaff : t.teams.nobodyActive}</p>}
  </>
);

interface MembersProps {
  staff: readonly Member[];
  mayActivate: boolean;
  onActivate: (member: Member) => void;
}

const Members = ({ staff, mayActivate, onActivate }: MembersProps) => (
  <ul class="sub-list">
    {staff.map((member) => (
      <li key={member.id}>
        {nameOf(member)} <span class="small quiet">{member.active ? t.teams.isActive : t.teams.notActive}</span>{' '}
        {!member.active && mayActivate && (
          <button
            type="button"
            class="plain small"
            aria-label={fill(t.teams.activate, { name: nameOf(member) })}
            onClick={() => onActivate(member)}
          >
            {t.people.person.activate}
          </button>
        )}
      </li>
    ))}
  </ul>
);
