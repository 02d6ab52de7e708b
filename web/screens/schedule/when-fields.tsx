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

/** The same, with nothing left out: what is seen holds, whatever the upload or the organisation has chosen. */
export const wholeScheduleOf = (when: When): { sendAt: string; spread: string } => ({
  ...{ sendAt: 'now', spread: 'none' },
  ...scheduleOf(when),
});

/** What was chosen before, as it is entered; a moment that has passed is at once. */
export function whenOf({ sendAt, spread }: Pick<Schemas['Schedule'], 'sendAt' | 'spread'>): When {
  const [people = '', per = 'hour'] = spread?.split('/') ?? [];
  const isLater = sendAt !== null && new Date(sendAt) > new Date();
  return { at: isLater ? localTime(new Date(sendAt)) : '', people, per: per as When['per'] };
}

export const isAtOnce = ({ at, people }: When): boolean => at === '' && people === '';

/** By the reader's own clock, as an input takes it. */
const localTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

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
