import { useState } from 'preact/hooks';
import { t } from '../messages';
import { fill, formatAmount } from '../messages/format';

const KEPT_AS = 'client-import.sms-price';

/** What the SMS will cost at a price that whoever looks has set: it depends on their contract and on the country. */
export function SmsCost({ segments }: { segments: number }) {
  const [price, setPrice] = useState(localStorage.getItem(KEPT_AS) ?? '');
  const set = (value: string): void => {
    localStorage.setItem(KEPT_AS, value);
    setPrice(value);
  };
  const amount = Number(price);
  return (
    <p class="quiet small">
      <label class="inline">
        {t.imports.look.price}{' '}
        <input
          type="number"
          min="0"
          step="0.001"
          class="price"
          value={price}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
      </label>{' '}
      {amount > 0 && fill(t.imports.look.cost, { cost: formatAmount(segments * amount) })}
    </p>
  );
}
