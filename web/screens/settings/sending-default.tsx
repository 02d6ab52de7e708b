import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { t } from '../../messages';

type Sending = Schemas['SendingDefault'];
type Kind = 'now' | 'time' | 'when-applied';

const KINDS = ['now', 'time', 'when-applied'] as const;
const PERIODS = ['hour', 'day'] as const;
const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = Intl.supportedValuesOf('timeZone');

interface SendingDefaultProps {
  sending: Sending;
  errors: Readonly<Record<string, string>>;
  onChange: (sending: Sending) => void;
}

const kindOf = ({ at }: Sending): Kind => (at === null ? 'now' : at === 'when-applied' ? at : 'time');

/** When imports of files send, unless an upload says otherwise. */
export function SendingDefaultFields({ sending, errors, onChange }: SendingDefaultProps) {
  const { at, spread } = sending;
  const texts = t.schedule.byDefault;
  const [people = '', per = 'hour'] = spread?.split('/') ?? [];
  const chooseKind = (kind: Kind): void =>
    onChange({
      ...sending,
      at: kind === 'time' ? { time: '09:00', timeZone: OWN_ZONE } : kind === 'now' ? null : kind,
    });
  return (
    <fieldset>
      <legend>{texts.title}</legend>
      <p class="quiet small">{texts.hint}</p>
      <div class="form-pair">
        <FormField id="sending-at" label={t.schedule.at} error={errors['sending.at']}>
          <select value={kindOf(sending)} onChange={({ currentTarget }) => chooseKind(currentTarget.value as Kind)}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind} selected={kind === kindOf(sending)}>
                {texts.kinds[kind]}
              </option>
            ))}
          </select>
        </FormField>
        {at !== null && at !== 'when-applied' && (
          <>
            <FormField id="sending-time" label={texts.time} error={errors['sending.at.time']}>
              <input
                type="time"
                required
                value={at.time}
                onInput={({ currentTarget: { value } }) => onChange({ ...sending, at: { ...at, time: value } })}
              />
            </FormField>
            <FormField id="sending-zone" label={texts.zone} error={errors['sending.at.timeZone']}>
              <select
                value={at.timeZone}
                onChange={({ currentTarget: { value } }) => onChange({ ...sending, at: { ...at, timeZone: value } })}
              >
                {[...new Set([at.timeZone, ...ZONES])].map((zone) => (
                  <option key={zone} value={zone} selected={zone === at.timeZone}>
                    {zone}
                  </option>
                ))}
              </select>
            </FormField>
          </>
        )}
        <FormField
          id="sending-people"
          label={t.schedule.people}
          hint={t.schedule.peopleHint}
          error={errors['sending.spread']}
        >
          <input
            type="number"
            min={1}
            value={people}
            onInput={({ currentTarget: { value } }) =>
              onChange({ ...sending, spread: value === '' ? null : `${value}/${per}` })
            }
          />
        </FormField>
        <FormField id="sending-per" label={t.schedule.per.label}>
          <select
            value={per}
            disabled={spread === null}
            onChange={({ currentTarget: { value } }) => onChange({ ...sending, spread: `${people}/${value}` })}
          >
            {PERIODS.map((period) => (
              <option key={period} value={period} selected={period === per}>
                {t.schedule.per[period]}
              </option>
            ))}
          </select>
        </FormField>
      </div>
    </fieldset>
  );
}
