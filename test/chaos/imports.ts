import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { ApiCaller, ImportAnswer } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { until } from '../support/until';
import { withAwkwardCells } from './awkward-cells';

export interface Upload {
  id: string;
  /** The people as they are meant; the cells of some may be typed otherwise. */
  rows: Person[];
  /** The lines that have to be rejected, so that their people get nothing. */
  rejected: number[];
}

export interface UploadOptions {
  isAwkward?: boolean;
  /** Further fields of the form. */
  form?: Record<string, string>;
  change?: (person: Person, i: number) => Partial<Person>;
}

/** Uploads files of different people: no two people of a product share an address or a number. */
export function createUpload(api: Pick<ApiCaller, 'importIdWith'>) {
  let next = 0;
  return async (
    tag: string,
    count: number,
    { isAwkward = false, form = {}, change = () => ({}) }: UploadOptions = {},
  ): Promise<Upload> => {
    const rows = people(count, tag, change, next);
    next += count;
    const { typed, rejected } = isAwkward ? withAwkwardCells(rows) : { typed: rows, rejected: [] };
    return { id: await api.importIdWith(form, toCsv(typed), `${tag}.csv`), rows, rejected };
  };
}

/** Waits until so many messages of an import are known to be accepted on one channel, while others are still to be sent. */
export const underWay = (api: ApiCaller, id: string, accepted = 1): Promise<ImportAnswer> =>
  until(
    'some messages to be sent, not all',
    () => api.find(id),
    ({ rows, invitations }) =>
      CHANNELS.some((channel) => acceptedAmong(invitations[channel]) >= accepted) &&
      // The first step of a file stores its other invitations last.
      (rows.pending > 0 || CHANNELS.some((channel) => invitations[channel].pending + invitations[channel].sending > 0)),
    60_000,
  );

type Counts = ImportAnswer['invitations'][Channel];

/** Messages that the provider has accepted. Callbacks report later what became of them. */
const acceptedAmong = ({ sent, delivered, bounced, accepted }: Counts): number => sent + delivered + bounced + accepted;

/** Counts the end states of an import's invitations, both channels together. */
export function endStates({ invitations }: Pick<ImportAnswer, 'invitations'>) {
  const sum = (count: (counts: Counts) => number): number =>
    CHANNELS.reduce((total, channel) => total + count(invitations[channel]), 0);
  return {
    sent: sum(acceptedAmong),
    unconfirmed: sum(({ unconfirmed }) => unconfirmed),
    failed: sum(({ failed }) => failed),
  };
}
