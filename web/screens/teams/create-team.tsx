import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/api';
import { fieldErrorsOf } from '../../api/field-errors';
import { isApiError } from '../../api/problem';
import { useLoad } from '../../api/use-load';
import { FormDialog } from '../../components/dialog';
import { FormField } from '../../components/form-field';
import { NO_CELLS, PersonFields, RoleField } from '../../components/person-fields';
import type { PersonCells, Role } from '../../components/person-fields';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill } from '../../messages/format';
import { fieldOf } from '../import/model';
import { loadStaff } from '../../api/load-staff';

interface CreateTeamProps {
  onClose: () => void;
  onCreated: () => void;
}

interface NewTeam {
  name: string;
  isNew: boolean;
  /** Id of somebody who is there already. */
  staffId: string;
  cells: PersonCells;
  role: Role;
}

/** A team needs somebody from its beginning: somebody new, who is invited, or somebody who is there. */
export function CreateTeam({ onClose, onCreated }: CreateTeamProps) {
  const [team, setTeam] = useState<NewTeam>({ name: '', isNew: true, staffId: '', cells: NO_CELLS, role: 'Staff' });
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const staff = useLoad(loadStaff, []);
  const texts = t.teams.create;
  const change = (changed: Partial<NewTeam>): void => {
    setTeam({ ...team, ...changed });
    setIdempotencyKey(crypto.randomUUID());
  };
  const create = (): void => {
    setIsBusy(true);
    setError(undefined);
    const { name, isNew, staffId, cells, role } = team;
    const first = isNew ? { firstStaff: { ...cells, role } } : { staff: [staffId] };
    const headers = { 'idempotency-key': idempotencyKey };
    answerOf(api.POST('/v1/client-teams', { params: { header: headers }, body: { name: name.trim(), ...first } }))
      .then(() => {
        const person = `${cells.firstName} ${cells.lastName}`;
        tell(fill(isNew ? texts.doneInvited : texts.done, { name, person }));
        onCreated();
      }, setError)
      .finally(() => setIsBusy(false));
  };
  const errors = errorsOf(error);
  return (
    <FormDialog
      title={texts.title}
      action={texts.submit}
      isBusy={isBusy}
      error={error}
      onSubmit={create}
      onClose={onClose}
    >
      <FormField id="team-name" label={texts.name} hint={texts.nameHint} error={errors['name']}>
        <input
          type="text"
          required
          maxLength={100}
          value={team.name}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </FormField>
      <fieldset>
        <legend>{texts.who}</legend>
        {[true, false].map((isNew) => (
          <label key={String(isNew)} class="choice">
            <input type="radio" name="who" checked={team.isNew === isNew} onChange={() => change({ isNew })} />
            {isNew ? texts.new : texts.existing}
          </label>
        ))}
      </fieldset>
      {team.isNew ? (
        <>
          <PersonFields id="first" cells={team.cells} errors={errors} onChange={(cells) => change({ cells })} />
          <RoleField id="first-role" role={team.role} error={errors['role']} onChange={(role) => change({ role })} />
        </>
      ) : (
        <FormField id="team-staff" label={texts.choose} error={errors['staff'] ?? errors['staff.0']}>
          <select
            required
            value={team.staffId}
            onChange={({ currentTarget }) => change({ staffId: currentTarget.value })}
          >
            <option value="" />
            {(staff.value ?? []).map(({ id, firstName, lastName, active }) => (
              <option key={id} value={id}>
                {firstName} {lastName} ({active ? t.teams.isActive : t.teams.notActive})
              </option>
            ))}
          </select>
        </FormField>
      )}
    </FormDialog>
  );
}

/** By field: invalid fields of the body, and problems of the staff member as of a row. */
function errorsOf(error: unknown): Readonly<Record<string, string>> {
  const problems = isApiError(error) ? (error.problem?.problems ?? []) : [];
  return {
    ...Object.fromEntries(
      Object.entries(fieldErrorsOf(error)).map(([name, text]) => [name.replace(/^firstStaff\./, ''), text]),
    ),
    ...Object.fromEntries(problems.map((problem) => [fieldOf(problem) ?? '', `${problem.message} ${problem.fix}`])),
    ...(isApiError(error) && error.code === 'team-name-taken' && { name: error.message }),
  };
}
