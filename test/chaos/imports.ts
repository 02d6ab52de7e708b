import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { ImportAnswer } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import type { Product } from './product';
import { until } from '../support/until';

export interface Upload {
  id: string;
  rows: Person[];
}

/** Uploads files of different people, one after another: no two of a product have an address or a number in common. */
export function createUploads(product: Product) {
  let next = 0;
  return async (tag: string, count: number): Promise<Upload> => {
    const rows = people(count, tag, () => ({}), next);
    next += count;
    return { id: await product.api.importId(toCsv(rows), `${tag}.csv`), rows };
  };
}

/** Waits until so many messages of an import are known to be accepted on a channel, and there are more to come. */
export const underWay = (product: Product, id: string, accepted = 1): Promise<ImportAnswer> =>
  until(
    'some messages to be sent, not all',
    () => product.api.find(id),
    ({ invitations }) =>
      CHANNELS.some((channel) => acceptedAmong(invitations[channel]) >= accepted) &&
      CHANNELS.some((channel) => invitations[channel].pending + invitations[channel].sending > 0),
    60_000,
  );

type Counts = ImportAnswer['invitations'][Channel];

/** Known to have reached the provider. What became of it then is told by callbacks, whenever those come. */
const acceptedAmong = ({ sent, delivered, bounced, accepted }: Counts): number => sent + delivered + bounced + accepted;

/** How many invitations of an import ended in which way, both channels together. */
export function ends({ invitations }: Pick<ImportAnswer, 'invitations'>) {
  const sum = (count: (counts: Counts) => number): number =>
    CHANNELS.reduce((total, channel) => total + count(invitations[channel]), 0);
  return {
    sent: sum(acceptedAmong),
    unconfirmed: sum(({ unconfirmed }) => unconfirmed),
    failed: sum(({ failed }) => failed),
  };
}
