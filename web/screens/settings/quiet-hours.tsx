import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { t } from '../../messages';
import { fill } from '../../messages/format';

type QuietHours = Schemas['Organisation']['quietHours'];
const CHANNELS = ['sms', 'email'] as const;

interface QuietHoursProps {
  quietHours: QuietHours;
  errors: Readonly<Record<string, string>>;
  onChange: (quietHours: QuietHours) => void;
}

/** Two times a channel; without both a channel has none. */
export function QuietHoursFields({ quietHours, errors, onChange }: QuietHoursProps) {
  const texts = t.schedule;
  return (
    <fieldset>
      <legend>{texts.quietHours}</legend>
      <p class="quiet small">{texts.quietHoursHint}</p>
      <div class="form-pair">
        {CHANNELS.flatMap((channel) =>
          (['from', 'to'] as const).map((end) => (
            <FormField
              key={`${channel}-${end}`}
              id={`quiet-${channel}-${end}`}
              label={fill(end === 'from' ? texts.quietFrom : texts.quietTo, { channel: t.imports.channel[channel] })}
              error={
                errors[`quietHours.${channel}.${end}`] ?? (end === 'to' ? errors[`quietHours.${channel}`] : undefined)
              }
            >
              <input
                type="time"
                value={quietHours[channel]?.[end] ?? ''}
                onInput={({ currentTarget: { value } }) =>
                  onChange({ ...quietHours, [channel]: withEnd(quietHours[channel], end, value) })
                }
              />
            </FormField>
          )),
        )}
      </div>
    </fieldset>
  );
}

/** An emptied field ends them; the first one that is filled in begins them, until the morning or from the evening on. */
function withEnd(hours: QuietHours['sms'], end: 'from' | 'to', value: string): QuietHours['sms'] {
  return value === '' ? null : { from: '20:00', to: '08:00', ...hours, [end]: value };
}
