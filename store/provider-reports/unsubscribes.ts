import { randomUUID } from 'node:crypto';
import type { Collections } from '../documents';
import { addFollowed, findFollowed } from '../invitations/first-sends';
import { createProviderReports } from './provider-reports';

/** What the token of an e-mail says of its person. */
export type Subscription = { kind: 'subscribed' | 'unsubscribed'; organisationName: string } | { kind: 'unknown' };

/** Opt-outs by the link in the head of an e-mail (RFC 8058). The token is proof enough: the addressee alone was sent it. */
export function createUnsubscribes(
  collections: Pick<Collections, 'organisations' | 'imports' | 'rows' | 'people' | 'invitations' | 'firstSends'>,
) {
  const { organisations, people, invitations } = collections;
  const reports = createProviderReports(collections);

  async function find(token: string) {
    const invitation = await invitations.findOne(
      { token, channel: 'email' },
      { projection: { organisationId: 1, personId: 1, attempts: 1 } },
    );
    // Without a claim its mail was never made.
    if (!invitation || invitation.attempts === 0) return undefined;
    const { _id: invitationId, organisationId, personId } = invitation;
    const [organisation, person] = await Promise.all([
      organisations.findOne({ _id: organisationId }, { projection: { name: 1 } }),
      people.findOne({ _id: personId, organisationId }, { projection: { optedOut: 1 } }),
    ]);
    if (!organisation || !person) return undefined;
    return { invitationId, organisationName: organisation.name, isOut: person.optedOut?.includes('email') === true };
  }

  /** The mail may have arrived before the answer of its provider is recorded. */
  async function lookAtClaims(token: string): Promise<Subscription> {
    const importId = await findFollowed(collections.firstSends, token);
    const importDoc = importId === undefined ? null : await collections.imports.findOne({ _id: importId });
    const organisation = importDoc && (await organisations.findOne({ _id: importDoc.organisationId }));
    return organisation ? { kind: 'subscribed', organisationName: organisation.name } : { kind: 'unknown' };
  }

  async function findOrAdd(token: string): ReturnType<typeof find> {
    const found = await find(token);
    if (found) return found;
    await addFollowed(collections, token);
    return find(token);
  }

  return {
    /** Writes nothing, so programs that open every address of a mail do no harm. */
    async look(token: string): Promise<Subscription> {
      const found = await find(token);
      if (!found) return lookAtClaims(token);
      const { organisationName, isOut } = found;
      return { kind: isOut ? 'unsubscribed' : 'subscribed', organisationName };
    },

    /** Idempotent. From then on the organisation sends no e-mail to this person. */
    async unsubscribe(token: string): Promise<Exclude<Subscription, { kind: 'subscribed' }>> {
      const found = await findOrAdd(token);
      if (!found) return { kind: 'unknown' };
      const { invitationId, organisationName, isOut } = found;
      if (!isOut) {
        const eventId = `unsubscribe:${randomUUID()}`;
        await reports.apply([{ eventId, channel: 'email', kind: 'opted-out', at: new Date(), invitationId }]);
      }
      return { kind: 'unsubscribed', organisationName };
    },
  };
}
