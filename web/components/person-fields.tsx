import type { Schemas } from '../../client';
import { t } from '../messages';
import { FormField } from './form-field';

/** What is typed about a person. Each must be filled in. */
export interface PersonCells {
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
}
export type Role = NonNullable<Schemas['StaffMember']['role']>;

export const NO_CELLS: PersonCells = { firstName: '', lastName: '', email: '', mobile: '' };
const ROLES: readonly Role[] = ['Staff', 'Support', 'User Administrator', 'System Administrator'];
/** By plain text inputs: the API checks addresses, and says more about them than a browser does. */
const KEYBOARDS = { firstName: 'text', lastName: 'text', email: 'email', mobile: 'tel' } as const;
const COMPLETIONS = { firstName: 'given-name', lastName: 'family-name', email: 'email', mobile: 'tel' } as const;

interface PersonFieldsProps {
  /** Begins the ids of the controls. */
  id: string;
  cells: PersonCells;
  errors: Readonly<Partial<Record<string, string>>>;
  onChange: (cells: PersonCells) => void;
}

/** Name and addresses of one person, with what is wrong at each. */
export const PersonFields = ({ id, cells, errors, onChange }: PersonFieldsProps) => (
  <div class="form-pair">
    {(['firstName', 'lastName', 'email', 'mobile'] as const).map((field) => (
      <FormField key={field} id={`${id}-${field}`} label={t.imports.field[field]} error={errors[field]}>
        <input
          type="text"
          inputMode={KEYBOARDS[field]}
          required
          maxLength={200}
          autocomplete={COMPLETIONS[field]}
          value={cells[field]}
          onInput={({ currentTarget }) => onChange({ ...cells, [field]: currentTarget.value })}
        />
      </FormField>
    ))}
  </div>
);

interface RoleFieldProps {
  id: string;
  role: Role;
  error?: string | undefined;
  onChange: (role: Role) => void;
}

export const RoleField = ({ id, role, error, onChange }: RoleFieldProps) => (
  <FormField id={id} label={t.people.person.role} error={error}>
    <select value={role} onChange={({ currentTarget }) => onChange(currentTarget.value as Role)}>
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {t.people.roles[one]}
        </option>
      ))}
    </select>
  </FormField>
);
