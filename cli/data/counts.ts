import type { ImportSummary } from '../http/views';
import type { Column } from './formats';

/** An import in numbers, for CSV. */
export const COUNTS: readonly Column<ImportSummary>[] = [
  { heading: 'id', of: ({ id }) => id },
  { heading: 'file', of: ({ fileName }) => fileName },
  { heading: 'status', of: ({ status }) => status },
  { heading: 'lines', of: ({ lines }) => lines },
  ...(
    [
      'created',
      'updated',
      'unchanged',
      'skipped',
      'ignored',
      'waiting',
      'pending',
      'rejected',
      'cancelled',
      'undone',
    ] as const
  ).map((status) => ({ heading: status, of: ({ rows }: ImportSummary) => rows[status] })),
  ...(['email', 'sms'] as const).flatMap((channel) =>
    (['sent', 'delivered', 'accepted', 'failed', 'bounced', 'unconfirmed'] as const).map((state) => ({
      heading: `${channel} ${state}`,
      of: ({ invitations }: ImportSummary) => invitations[channel][state],
    })),
  ),
];
