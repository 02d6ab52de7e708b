import type { ClientSession } from 'mongodb';
import { groupBy } from '../../domain/group-by';
import { CHANNELS, ELSEWHERE_CODE } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { channelsFor } from '../../domain/checking/decide-row';
import { isInvited, isUnderWay } from '../../domain/invitations/standing';
import type { Collections, InvitationDoc, PersonDoc, RowDoc } from '../documents';
import { rowId } from '../documents';
import type { Mongo } from '../mongo';
import { findBeingCreated } from '../imports/rows';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import type { LineWindow } from '../pages/windows';

type Parts = Pick<Collections, 'people' | 'invitations' | 'rows'>;
type InvitationKey = Pick<InvitationDoc, 'organisationId' | 'importId' | 'row' | 'channel' | 'personId' | 'personKind'>;

/** A first invitation of a row to a person whom another row has created, and what other imports must not have done meanwhile. */
export interface KnownInvitation {
  invitation: InvitationDoc;
  unless:
    /** The person was invited on any channel, or is about to be. */
    | 'invited'
    /** One on this channel is to be sent or settled. */
    | 'under-way'
    /** One on this channel is to be sent, and so will go to the new address. */
    | 'pending';
}

/**
 * Lets concurrent transactions that decide whether to invite these people conflict: the write of each is to the same documents,
 * so one of two sees the invitations of the other. No index can say it, since an invitation that was sent blocks some and not all.
 */
export async function serializeInvitations(
  { people }: Pick<Collections, 'people'>,
  personIds: string[],
  session: ClientSession,
): Promise<{ matchedCount: number }> {
  return people.updateMany({ _id: { $in: personIds } }, { $inc: { invitationRevision: 1 } }, { session });
}

/** Stages first invitations to known people. */
export function createKnownInvitations({ people, invitations, rows }: Parts, transaction: Mongo['transaction']) {
  return {
    /**
     * Adds the missing ones of rows that are still `pending`, each as `suppressed` if another import has come first. Rows that
     * have an invitation keep it. Idempotent.
     */
    async stage(importId: string, staged: KnownInvitation[]): Promise<void> {
      if (staged.length === 0) return;
      const personIds = [...new Set(staged.map(({ invitation }) => invitation.personId))];
      const rowIds = [...new Set(staged.map(({ invitation }) => rowId(importId, invitation.row)))];
      await transaction(async (session) => {
        const { matchedCount } = await serializeInvitations({ people }, personIds, session);
        // The step is run again, and finds that they are gone.
        if (matchedCount < personIds.length) throw new Error('A person was removed while their row was applied');
        const existing = await invitations.find({ personId: { $in: personIds } }, { session }).toArray();
        const creating = new Set(await findBeingCreated({ rows }, personIds, session));
        const unstaged = new Set(await rows.distinct('_id', { _id: { $in: rowIds }, status: 'pending' }, { session }));
        for (const one of existing) unstaged.delete(rowId(one.importId, one.row));
        const byPerson = groupBy(existing, ({ personId }) => personId);
        const documents = staged
          .filter(({ invitation: { row } }) => unstaged.has(rowId(importId, row)))
          .map((known) => {
            const { personId } = known.invitation;
            const others = byPerson.get(personId) ?? [];
            return creating.has(personId) || isForestalled(known, others)
              ? suppressed(known.invitation)
              : known.invitation;
          });
        if (documents.length > 0) await invitations.insertMany(documents, { session });
      });
    },
  };
}

function isForestalled({ invitation, unless }: KnownInvitation, others: InvitationDoc[]): boolean {
  if (unless === 'invited') return isInvited(others);
  const onChannel = others.filter(({ channel }) => channel === invitation.channel);
  return onChannel.some(({ state }) => (unless === 'pending' ? state === 'pending' : isUnderWay(state)));
}

const suppressed = (invitation: InvitationDoc): InvitationDoc => ({
  ...invitation,
  state: 'suppressed',
  code: ELSEWHERE_CODE,
  trail: [{ state: 'suppressed', at: invitation.createdAt }],
});

/** Those of these people who have not joined, and whom no import has invited or is about to, by id. */
export async function findNeverInvited(
  { people, invitations, rows }: Parts,
  personIds: string[],
  session?: ClientSession,
): Promise<Map<string, PersonDoc>> {
  if (personIds.length === 0) return new Map();
  const options = { ...(session && { session }) };
  const candidates = await people
    .find({ _id: { $in: personIds }, active: false, deactivatedAt: { $exists: false } }, options)
    .toArray();
  const creating = new Set(await findBeingCreated({ rows }, personIds, session));
  const existing = await invitations.find({ personId: { $in: personIds } }, options).toArray();
  const invited = new Set(existing.filter((one) => isInvited([one])).map(({ personId }) => personId));
  return new Map(
    candidates.flatMap((person) =>
      invited.has(person._id) || creating.has(person._id) ? [] : [[person._id, person] as const],
    ),
  );
}

/**
 * The invitations that these rows of an import lack: they have created people, for example while the organisation had no channel, and
 * no import has invited these.
 */
export async function findUnstaged(
  { people, invitations, rows, organisations }: Parts & Pick<Collections, 'organisations'>,
  { importId, row, channels = CHANNELS }: { importId: string; row: LineWindow; channels?: readonly Channel[] },
  session?: ClientSession,
): Promise<InvitationKey[]> {
  const options = { ...(session && { session }) };
  const staged = await invitations.distinct('row', { importId, row }, options);
  const unstaged = await rows.find({ importId, status: 'created', row: { ...row, $nin: staged } }, options).toArray();
  if (unstaged.length === 0) return [];
  const organisation = await organisations.findOne({ _id: unstaged[0]!.organisationId }, options);
  const wanted = { ...DEFAULT_SETTINGS, ...organisation }.channels.filter((channel) => channels.includes(channel));
  const uninvited = await findNeverInvited(
    { people, invitations, rows },
    unstaged.map(({ _id }) => _id),
    session,
  );
  return unstaged.flatMap((rowDoc) => {
    const person = uninvited.get(rowDoc._id);
    if (!person) return [];
    const { organisationId, row: line } = rowDoc;
    return channelsFor(person, { channels: wanted })
      .filter((channel) => !isWithheld(rowDoc, person, channel))
      .map((channel) => ({
        organisationId,
        importId,
        row: line,
        channel,
        personId: rowDoc._id,
        personKind: person.kind,
      }));
  });
}

const isWithheld = ({ problems }: RowDoc, { optedOut = [] }: PersonDoc, channel: Channel): boolean =>
  optedOut.includes(channel) || (channel === 'sms' && problems.some(({ code }) => code === 'mobile.sms-held'));
