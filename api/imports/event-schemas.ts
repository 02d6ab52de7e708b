import { z } from 'zod';
import type { EmptyAnswer, WrittenAnswer } from '../routing/route';

/** What all streams of events have in common, for their routes. */
export const RESUMING =
  'Comments keep a silent stream open. The id of an event names the state: with the last one in `Last-Event-ID` a stream ' +
  'continues after it. Polling gives the same data.';

export const streamQuery = z.strictObject({
  ticket: z.string().optional().meta({ description: 'In place of a key; see createEventTicket.' }),
  lastEventId: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'As the header `Last-Event-ID`, which comes first.' }),
});
export const streamHeaders = z.object({
  'Last-Event-ID': z.string().optional().meta({ description: 'Id of the last event that was received.' }),
});

/** Events without their ids, which are added. */
export const eventsAnswer = (progress: string, end: string): WrittenAnswer => ({
  description: 'A stream of events.',
  written: {
    'text/event-stream': `retry: 2000\nid: 3J8fW0aQk2ZrT5bY\n${progress}\n\nid: 3J8fW0aQk2ZrT5bY-end\n${end}\n\n`,
  },
});
export const SEEN_TO_THE_END: EmptyAnswer = {
  description:
    'The event that was received last is the end, and nothing has changed since: an EventSource does not come back.',
  empty: true,
};
