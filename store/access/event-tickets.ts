import { createHash, randomBytes } from 'node:crypto';
import type { Collections } from '../documents';
import type { EventTicketDoc } from './event-ticket-doc';

/** How long a ticket waits to be used. A page opens its stream at once. In milliseconds. */
const TICKET_MS = 60_000;
/** 24 random bytes: nobody guesses one of the few that are valid for a minute. */
const createTicket = (): string => randomBytes(24).toString('base64url');

/** Random and long, so one round of SHA-256 makes the stored form useless to a reader. */
const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');

/** Tickets for streams of events, where a caller cannot send its key: an EventSource sets no header. */
export function createEventTickets({ eventTickets }: Pick<Collections, 'eventTickets'>) {
  return {
    async create(
      fields: Omit<EventTicketDoc, '_id' | 'expiresAt'>,
      validMs = TICKET_MS,
    ): Promise<{ ticket: string; expiresAt: Date }> {
      const ticket = createTicket();
      const expiresAt = new Date(Date.now() + validMs);
      await eventTickets.insertOne({ _id: hashOf(ticket), ...fields, expiresAt });
      return { ticket, expiresAt };
    },

    /** Uses a ticket for this stream up. `null` if it is not valid: of two that use one, one gets it. */
    take: (ticket: string, stream: string): Promise<EventTicketDoc | null> =>
      eventTickets.findOneAndDelete({ _id: hashOf(ticket), stream, expiresAt: { $gt: new Date() } }),
  };
}
