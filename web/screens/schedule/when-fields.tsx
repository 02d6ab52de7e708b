import { FormField } from '../../components/form-field';
import { t } from '../../messages';

/** When to send, as it is entered: `at` is empty for at once, `people` for all of them. */
export interface When {
  at: string;
  people: string;
  per: 'hour' | 'day';
}

export const AT_ONCE: When = { at: '', people: '', per: 'hour' };
const PERIODS = ['hour', 'day'] as const;

/** As the API takes it. The moment is one of the reader's own clock. */
export const scheduleOf = ({ at, people, per }: When): { sendAt?: string; spread?: string } => ({
  ...(at !== '' && { sendAt: new Date(at).toISOString() }),
  ...(people !== '' && { spread: `${people}/${per}` }),
});

interface WhenFieldsProps {
  when: When;
  errors: Readonly<Record<string, string>>;
  onChange: (when: When) => void;
}

export function WhenFields({ when, errors, onChange }: WhenFieldsProps) {
  const texts = t.schedule;
  return (
    <div class="options">
      <FormField id="send-at" label={texts.at} hint={texts.atHint} error={errors['sendAt']}>
        <input
          type="datetime-local"
          value={when.at}
          onInput={({ currentTarget }) => onChange({ ...when, at: currentTarget.value })}
        />
      </FormField>
      <FormField id="spread-people" label={texts.people} hint={texts.peopleHint} error={errors['spread']}>
        <input
          type="number"
          min={1}
          value={when.people}
          onInput={({ currentTarget }) => onChange({ ...when, people: currentTarget.value })}
        />
      </FormField>
      <FormField id="spread-per" label={texts.per.label}>
        <select
          value={when.per}
          onChange={({ currentTarget }) => onChange({ ...when, per: currentTarget.value as When['per'] })}
        >
          {PERIODS.map((per) => (
            <option key={per} value={per}>
              {texts.per[per]}
            </option>
          ))}
        </select>
      </FormField>
    </div>
  );
}
