import { FormField } from '../../components/form-field';
import type { Schemas } from '../../../client';
import { t } from '../../messages';
import { fill } from '../../messages/format';

/** When to send, as it is entered: `at` is empty for at once, `people` for all of them. */
export interface When {
  at: string;
  people: string;
  per: 'hour' | 'day';
  /** At once, whatever the organisation has chosen. */
  isNow?: boolean;
}

export const AT_ONCE: When = { at: '', people: '', per: 'hour' };
const PERIODS = ['hour', 'day'] as const;

/** As the API takes it. The moment is one of the reader's own clock. */
export const scheduleOf = ({ at, people, per, isNow }: When): { sendAt?: string; spread?: string } => ({
  ...(isNow && { sendAt: 'now', spread: 'none' }),
  ...(at !== '' && { sendAt: new Date(at).toISOString() }),
  ...(people !== '' && { spread: `${people}/${per}` }),
});

interface WhenFieldsProps {
  when: When;
  errors: Readonly<Record<string, string>>;
  onChange: (when: When) => void;
  /** What stands in for what is left empty. */
  byDefault?: Schemas['SendingDefault'];
}

export function WhenFields({ when, errors, onChange, byDefault }: WhenFieldsProps) {
  const texts = t.schedule;
  const { at, spread } = byDefault ?? { at: null, spread: null };
  const time = at === null || at === 'when-applied' ? undefined : at;
  const atHint = time ? fill(texts.byDefault.at, { time: time.time, zone: time.timeZone }) : texts.atHint;
  const peopleHint = spread === null ? texts.peopleHint : fill(texts.byDefault.spread, { spread });
  return (
    <div class="options">
      <FormField id="send-at" label={texts.at} hint={atHint} error={errors['sendAt']}>
        <input
          type="datetime-local"
          value={when.at}
          onInput={({ currentTarget }) => onChange({ ...when, at: currentTarget.value, isNow: false })}
        />
      </FormField>
      <FormField id="spread-people" label={texts.people} hint={peopleHint} error={errors['spread']}>
        <input
          type="number"
          min={1}
          value={when.people}
          onInput={({ currentTarget }) => onChange({ ...when, people: currentTarget.value, isNow: false })}
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
      {(time || spread !== null) && (
        <label class="choice">
          <input
            type="checkbox"
            checked={when.isNow ?? false}
            onChange={({ currentTarget: { checked } }) => onChange({ ...AT_ONCE, isNow: checked })}
          />
          {texts.byDefault.ignore}
        </label>
      )}
    </div>
  );
}
