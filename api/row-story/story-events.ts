import type { z } from 'zod';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { describeProblem } from '../problem-types/problem-language';
import type { ImportDoc, InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import { RESUMED } from '../../store/invitations/generations';
import type { PastAction } from '../audit-log/history';
import { failoverView, reasonOf } from '../rows/row-view';
import type { MESSAGE_REASONS, rowStory } from './row-story-schemas';

type StoryEvent = z.input<typeof rowStory>['events'][number];
type MessageReason = (typeof MESSAGE_REASONS)[number];

/** What is on record of one row. */
export interface RowRecord {
  importDoc: Pick<ImportDoc, '_id' | 'plannedAt' | 'failover'>;
  row: Pick<RowDoc, '_id' | 'row' | 'ignored'>;
  /** `null` until there is one. */
  person: Pick<PersonDoc, '_id' | 'createdAt' | 'optOutEvents'> | null;
  /** Of this row, every generation, the oldest first on each channel. */
  invitations: readonly InvitationDoc[];
  /** What staff have done with the import, the oldest first. */
  actions: readonly PastAction[];
}

/** Why a message was to be sent. */
interface Why {
  reason: MessageReason;
  /** Of the second channel: what had become of the first one. */
  because: string | null;
}

/** An event and when it is to be shown: after what has led to it, though another clock may have set its time. */
interface Timed {
  event: StoryEvent;
  from: number;
}

/** Everything that has happened to a row, in the order of time; of two at the same moment the cause comes first. */
export function storyOf({ importDoc, row, person, invitations, actions }: RowRecord): StoryEvent[] {
  const events: Timed[] = [
    ...actions
      .filter(({ facts }) => (facts['line'] ?? row.row) === row.row)
      .map((action) => at({ kind: 'action', ...action })),
    ...(importDoc.plannedAt ? [at({ kind: 'planned', at: importDoc.plannedAt.toISOString() })] : []),
    ...(person?._id === row._id ? [at({ kind: 'created', at: person.createdAt.toISOString() })] : []),
    ...(row.ignored ? [at({ kind: 'put-aside', at: row.ignored.at.toISOString(), reason: row.ignored.reason })] : []),
    ...invitations.flatMap((invitation) =>
      eventsOf(invitation, row.row, {
        reason: reasonFor(invitation, invitations, importDoc),
        because: failoverView(invitation, importDoc, invitations)?.message ?? null,
      }),
    ),
    ...(person?.optOutEvents ?? []).map(({ id, channel, optedOut, at: moment }) =>
      at({ kind: 'opt-out', at: moment.toISOString(), channel, optedOut, reportId: id }),
    ),
  ];
  return events.sort((one, other) => one.from - other.from).map(({ event }) => event);
}

const at = (event: StoryEvent, notBefore = 0): Timed => ({
  event,
  from: Math.max(notBefore, new Date(event.at).getTime()),
});

/** A provider reports what it has got; its clock has seconds only. */
const BEFORE_REPORTS: readonly InvitationState[] = ['sending', 'sent'];

const predecessorOf = (
  { channel, generation }: InvitationDoc,
  all: readonly InvitationDoc[],
): InvitationDoc | undefined => all.find((other) => other.channel === channel && other.generation === generation - 1);

function eventsOf(invitation: InvitationDoc, line: number, why: Why): Timed[] {
  const { channel, generation, reminderSkippedAt, readdressedAt } = invitation;
  const message = { channel, generation };
  const steps = stepsOf(invitation, line, why);
  const [bounced] = steps.filter(({ event }) => event.kind === 'message' && event.state === 'bounced');
  const begun = steps.filter(({ event }) => event.kind === 'message' && BEFORE_REPORTS.includes(event.state)).at(-1);
  return [
    ...steps,
    ...(invitation.bounces ?? []).map(({ id, code, providerCode, at: moment }) =>
      at(
        {
          kind: 'report',
          // A report without a time counts from when we took it in.
          at: moment?.toISOString() ?? bounced?.event.at ?? invitation.changedAt.toISOString(),
          ...message,
          reportId: id,
          ...reasonFields(channel, providerCode),
          problem: problemOf(code, line),
        },
        begun?.from,
      ),
    ),
    ...(reminderSkippedAt ? [at({ kind: 'reminder-skipped', at: reminderSkippedAt.toISOString(), ...message })] : []),
    ...(readdressedAt ? [at({ kind: 'address-changed', at: readdressedAt.toISOString(), ...message })] : []),
  ];
}

/** The states of a message in their order, whatever the clocks of their writers say. */
function stepsOf(invitation: InvitationDoc, line: number, { reason, because }: Why): Timed[] {
  const { channel, generation, trail, providerId = null, providerCode, code } = invitation;
  let attempts = 0;
  let latest = 0;
  return trail.map(({ state, at: moment }, i) => {
    const isLast = i === trail.length - 1;
    if (state === 'sending') attempts++;
    const isWithProvider = attempts > 0 && state !== 'sending' && state !== 'pending';
    const step = at(
      {
        kind: 'message',
        at: moment.toISOString(),
        ...{ channel, generation, state, reason },
        because: state === 'sending' && attempts === 1 ? because : null,
        attempt: state === 'sending' ? attempts : null,
        providerId: isWithProvider ? providerId : null,
        ...reasonFields(channel, isLast ? providerCode : undefined),
        problem: isLast && code ? problemOf(code, line) : null,
      },
      latest,
    );
    latest = step.from;
    return step;
  });
}

/** Only requests of the API say in their id what they were; those of Temporal are told from corrections by the address. */
function reasonFor(
  invitation: InvitationDoc,
  all: readonly InvitationDoc[],
  importDoc: RowRecord['importDoc'],
): MessageReason {
  const { channel, retryId, reminders = 0 } = invitation;
  const { failover } = importDoc;
  const before = predecessorOf(invitation, all);
  if (retryId === undefined) return failover && channel !== failover.first ? 'failover' : 'first';
  if (retryId.startsWith(RESUMED) && before) return reasonFor(before, all, importDoc);
  if (retryId.startsWith('failover:')) return 'failover';
  if (retryId.startsWith('remind:') || reminders > (before?.reminders ?? 0)) return 'reminder';
  if (retryId.startsWith('retry:')) return 'retry';
  return before === undefined || before.readdressedAt ? 'correction' : 'retry';
}

const reasonFields = (channel: Channel, providerCode: string | undefined) => ({
  providerCode: providerCode ?? null,
  providerReason: reasonOf(channel, providerCode),
});

const problemOf = (code: ProblemCode, line: number) =>
  describeProblem({ code, column: null, letter: null, value: null }, line);
