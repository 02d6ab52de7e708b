import { useState } from 'preact/hooks';
import { fieldErrorsOf } from '../../api/field-errors';
import { loadTeams } from '../../api/load-teams';
import { useLoad } from '../../api/use-load';
import { FormDialog } from '../../components/dialog';
import { FormField } from '../../components/form-field';
import { NO_CELLS, PersonFields, RoleField } from '../../components/person-fields';
import type { PersonCells } from '../../components/person-fields';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill } from '../../messages/format';
import { goTo } from '../../routing/route';
import { useSession } from '../../shell/session';
import { fieldOf } from '../import/model';
import type { Problem } from '../import/model';
import { invite } from './invite';
import type { Invitee } from './invite';
import { nameOf } from './model';
import type { Kind } from './model';
import { TeamsField } from './teams-field';

interface InviteDialogProps {
  kind: Kind;
  onClose: () => void;
  onInvited: () => void;
}

/** Invites one person. What is wrong is shown at its field, with a suggestion to click where there is one. */
export function InviteDialog({ kind, onClose, onInvited }: InviteDialogProps) {
  const [invitee, setInvitee] = useState<Invitee>({ cells: NO_CELLS, role: 'Staff', teams: [] });
  // Another key once something was changed: the same request twice invites once.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const teams = useLoad(loadTeams, []);
  const { defaultTeam } = useSession().organisation;
  const texts = t.people.invite;
  const name = nameOf(invitee.cells);
  const change = (changed: Partial<Invitee>): void => {
    setInvitee({ ...invitee, ...changed });
    setIdempotencyKey(crypto.randomUUID());
  };
  const send = (): void => {
    setIsBusy(true);
    setError(undefined);
    setProblems([]);
    invite(kind, invitee, idempotencyKey)
      .then((outcome) => {
        if (outcome.kind === 'refused') {
          setProblems(outcome.problems);
          setIdempotencyKey(crypto.randomUUID());
          return;
        }
        if (outcome.kind === 'open') {
          tell(texts.slow);
          goTo(['imports', outcome.importId]);
          return;
        }
        tell(fill(outcome.kind === 'waits' ? texts.waits : texts.done, { name }));
        onInvited();
      }, setError)
      .finally(() => setIsBusy(false));
  };
  const atFields = Object.fromEntries(problems.map((problem) => [fieldOf(problem) ?? '', sentenceOf(problem)]));
  const errors = { ...fieldErrorsOf(error), ...atFields };
  const ofNoField = problems.filter((problem) => fieldOf(problem) === undefined);
  return (
    <FormDialog
      title={kind === 'client' ? texts.client : texts.staff}
      action={isBusy ? texts.busy : texts.submit}
      isBusy={isBusy}
      error={error}
      onSubmit={send}
      onClose={onClose}
    >
      {problems.length > 0 && (
        <div class="notice notice-error" role="alert">
          <p>{texts.refused}</p>
          {ofNoField.map((problem) => (
            <p key={problem.code}>{sentenceOf(problem)}</p>
          ))}
        </div>
      )}
      <PersonFields id="invite" cells={invitee.cells} errors={errors} onChange={(cells) => change({ cells })} />
      <Suggestions
        problems={problems}
        onUse={(field, value) => {
          change({ cells: { ...invitee.cells, [field]: value } });
          setProblems(problems.filter((problem) => fieldOf(problem) !== field));
        }}
      />
      {kind === 'client' ? (
        <FormField id="invite-team" label={texts.team} error={errors['group'] ?? errors['team']}>
          <select
            required={defaultTeam === null}
            value={invitee.teams[0] ?? ''}
            onChange={({ currentTarget: { value } }) => change({ teams: value === '' ? [] : [value] })}
          >
            <option value="">{defaultTeam === null ? '' : fill(texts.defaultTeam, { name: defaultTeam.name })}</option>
            {(teams.value ?? []).map((team) => (
              <option key={team.id} value={team.name}>
                {team.name}
              </option>
            ))}
          </select>
        </FormField>
      ) : (
        <>
          <RoleField
            id="invite-role"
            role={invitee.role}
            error={errors['role']}
            onChange={(role) => change({ role })}
          />
          <TeamsField
            teams={teams.value ?? []}
            chosen={invitee.teams}
            error={errors['teams'] ?? errors['group']}
            onChange={(chosen) => change({ teams: chosen })}
          />
        </>
      )}
    </FormDialog>
  );
}

const sentenceOf = ({ message, fix }: Problem): string => `${message} ${fix}`;

interface SuggestionsProps {
  problems: readonly Problem[];
  onUse: (field: keyof PersonCells, value: string) => void;
}

const isCell = (field: string | undefined): field is keyof PersonCells => field !== undefined && field in NO_CELLS;

/** Guesses of the API, applied by a click. */
const Suggestions = ({ problems, onUse }: SuggestionsProps) => (
  <p class="actions">
    {problems.map((problem) => {
      const field = fieldOf(problem);
      const { suggestion } = problem;
      if (suggestion === null || !isCell(field)) return null;
      return (
        <button key={problem.code} type="button" onClick={() => onUse(field, suggestion)}>
          {fill(t.people.invite.use, { value: suggestion })}
        </button>
      );
    })}
  </p>
);
