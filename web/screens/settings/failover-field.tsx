import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { t } from '../../messages';

type Failover = Schemas['Organisation']['failover'];
type Reports = Schemas['Organisation']['deliveryReports'];

const USUAL_HOURS = 24;
const LONGEST_HOURS = 168;
const CHANNELS = ['email', 'sms'] as const;

interface FailoverFieldProps {
  failover: Failover;
  reports: Reports;
  onChange: (failover: Failover) => void;
  errors: Readonly<Record<string, string>>;
}

/** Which channel is tried first, and for how long. */
export function FailoverField({ failover, reports, onChange, errors }: FailoverFieldProps) {
  const texts = t.settings.form;
  const first = failover?.first ?? '';
  const isUnheard = failover !== null && !reports[failover.first];
  return (
    <div class="form-pair">
      <FormField
        id="organisation-failover"
        label={texts.failover}
        hint={isUnheard ? texts.failoverUnheard : texts.failoverHint}
        error={errors['failover.first'] ?? errors['failover']}
      >
        <select
          value={first}
          onChange={({ currentTarget: { value } }) => {
            const chosen = CHANNELS.find((channel) => channel === value);
            onChange(chosen ? { afterHours: USUAL_HOURS, ...failover, first: chosen } : null);
          }}
        >
          <option value="" selected={first === ''}>
            {texts.failoverOff}
          </option>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel} selected={channel === first}>
              {texts.failoverFirst[channel]}
            </option>
          ))}
        </select>
      </FormField>
      <FormField id="organisation-failover-hours" label={texts.failoverHours} error={errors['failover.afterHours']}>
        <input
          type="number"
          min={1}
          max={LONGEST_HOURS}
          required
          disabled={failover === null}
          value={failover?.afterHours ?? USUAL_HOURS}
          onInput={({ currentTarget }) =>
            failover && onChange({ ...failover, afterHours: currentTarget.valueAsNumber })
          }
        />
      </FormField>
    </div>
  );
}
