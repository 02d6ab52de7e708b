import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { FormField } from '../../components/form-field';
import { t } from '../../messages';

type SmsPrice = Schemas['Organisation']['smsPrice'];

const USUAL_CURRENCY = 'EUR';

interface SmsPriceProps {
  price: SmsPrice;
  errors: Readonly<Record<string, string>>;
  onChange: (price: SmsPrice) => void;
}

/** What a segment of an SMS costs; an empty amount for a price that nobody knows. */
export function SmsPriceField({ price, errors, onChange }: SmsPriceProps) {
  const texts = t.settings.smsPrice;
  const [currency, setCurrency] = useState(price?.currency ?? USUAL_CURRENCY);
  return (
    <div class="form-pair">
      <FormField
        id="organisation-sms-price"
        label={texts.perSegment}
        hint={texts.hint}
        error={errors['smsPrice.perSegment'] ?? errors['smsPrice']}
      >
        <input
          type="number"
          min={0}
          step="any"
          value={price?.perSegment ?? ''}
          onInput={({ currentTarget: { value, valueAsNumber } }) =>
            onChange(value === '' ? null : { perSegment: valueAsNumber, currency })
          }
        />
      </FormField>
      <FormField id="organisation-sms-currency" label={texts.currency} error={errors['smsPrice.currency']}>
        <input
          type="text"
          maxLength={3}
          value={currency}
          onInput={({ currentTarget: { value } }) => {
            setCurrency(value);
            if (price) onChange({ ...price, currency: value });
          }}
        />
      </FormField>
    </div>
  );
}
