import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { isApiError } from '../../api/problem';
import { useLoad } from '../../api/use-load';
import { Dialog } from '../../components/dialog';
import { FormField } from '../../components/form-field';
import { Failure } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill } from '../../messages/format';
import { loadStaff } from '../../api/load-staff';

type Team = Schemas['ClientTeam'];

interface EditTeamProps {
  team: Team;
  onClose: () => void;
  /** Its name or its staff are others now. */
  onChanged: () => void;
}

const NAME_CODES = ['team-name-taken', 'team-name-invalid'];

/** One client team: its name, and who works for it. */
export function EditTeam({ team: { id, name, staff }, onClose, onChanged }: EditTeamProps) {
  const [typed, setTyped] = useState(name);
  const [added, setAdded] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const everybody = useLoad(loadStaff, []);
  const texts = t.teams.edit;
  const path = { id };
  const others = (everybody.value ?? []).filter((one) => !staff.some((member) => member.id === one.id));
  const carryOut = (asked: Promise<unknown>, done: string): void => {
    setIsBusy(true);
    setError(undefined);
    asked
      .then(() => {
        tell(done);
        onChanged();
      }, setError)
      .finally(() => setIsBusy(false));
  };
  const rename = (): void => {
    const to = typed.trim();
    const asked = answerOf(api.PATCH('/v1/client-teams/{id}', { params: { path }, body: { name: to } }));
    carryOut(asked, fill(texts.renamed, { name: to }));
  };
  const add = (): void => {
    const asked = answerOf(api.POST('/v1/client-teams/{id}/staff', { params: { path }, body: { staff: [added] } }));
    carryOut(asked, fill(texts.added, { name }));
  };
  const takeOut = (member: Team['staff'][number]): void => {
    const params = { path: { id, staffId: member.id } };
    const person = `${member.firstName} ${member.lastName}`;
    carryOut(
      answerOf(api.DELETE('/v1/client-teams/{id}/staff/{staffId}', { params })),
      fill(texts.takenOut, { person, name }),
    );
  };
  const ofName = isApiError(error) && NAME_CODES.includes(error.code);
  return (
    <Dialog title={name} onClose={onClose} isDrawer>
      {error !== undefined && !ofName && <Failure error={error} />}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <FormField
          id="team-rename"
          label={t.teams.create.name}
          hint={t.teams.create.nameHint}
          error={ofName ? error.message : undefined}
        >
          <input
            type="text"
            required
            maxLength={100}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </FormField>
        <p class="actions">
          <button type="submit" disabled={isBusy || typed.trim() === name}>
            {texts.rename}
          </button>
        </p>
      </form>
      <h3>{t.teams.staff}</h3>
      <ul class="sub-list">
        {staff.map((member) => (
          <li key={member.id}>
            {member.firstName} {member.lastName}{' '}
            <span class="small quiet">{member.active ? t.teams.isActive : t.teams.notActive}</span>{' '}
            {staff.length > 1 && (
              <button
                type="button"
                class="plain small"
                disabled={isBusy}
                aria-label={fill(texts.takeOutOne, { person: `${member.firstName} ${member.lastName}`, name })}
                onClick={() => takeOut(member)}
              >
                {texts.takeOut}
              </button>
            )}
          </li>
        ))}
      </ul>
      {staff.length === 1 && <p class="small quiet">{texts.lastOne}</p>}
      {others.length > 0 && (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <FormField id="team-add" label={texts.add}>
            <select required value={added} onChange={({ currentTarget }) => setAdded(currentTarget.value)}>
              <option value="" />
              {others.map(({ id: staffId, firstName, lastName, active }) => (
                <option key={staffId} value={staffId}>
                  {firstName} {lastName} ({active ? t.teams.isActive : t.teams.notActive})
                </option>
              ))}
            </select>
          </FormField>
          <p class="actions">
            <button type="submit" disabled={isBusy || added === ''}>
              {texts.addAction}
            </button>
          </p>
        </form>
      )}
    </Dialog>
  );
}
