import type { Schemas } from '../../client';
import { t } from '../messages';
import { fill, formatCost } from '../messages/format';

/** What the SMS cost at the price that the organisation has set: it depends on its contract. */
export const SmsCost = ({ cost }: { cost: Schemas['SmsCost'] | null }) => (
  <p class="quiet small">
    {cost === null ? t.imports.look.noPrice : fill(t.imports.look.cost, { cost: formatCost(cost) })}
  </p>
);
