import type { Schemas } from '../../../client';
import { t } from '../../messages';

interface TeamsFieldProps {
  teams: readonly Schemas['ClientTeam'][];
  /** By name. */
  chosen: readonly string[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** Any number of client teams. */
export const TeamsField = ({ teams, chosen, error, onChange }: TeamsFieldProps) => (
  <fieldset>
    <legend>{t.people.invite.teams}</legend>
    {teams.map(({ id, name }) => (
      <label key={id} class="choice">
        <input
          type="checkbox"
          checked={chosen.includes(name)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(checked ? [...chosen, name] : chosen.filter((other) => other !== name))
          }
        />
        {name}
      </label>
    ))}
    {error !== undefined && (
      <p class="field-error" role="alert">
        {error}
      </p>
    )}
  </fieldset>
);
