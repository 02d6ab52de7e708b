import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { PLANNED_ACTIONS } from '../../contract/row-plan';
import type { PlannedAction, PlanTotals } from '../../contract/row-plan';
import type { Failover } from '../../contract/sending/failover';
import type { Collections } from '../documents';

type Counted = 'rows' | 'email' | 'sms' | 'smsSegments' | 'onBoth' | 'segmentsOnBoth';

/** Sums up what a plan is about to do. `failover` of the import, if it has one: what it sends on both channels is sent on the first one at first. */
export async function sumUpPlan(
  { rows }: Pick<Collections, 'rows'>,
  importId: string,
  failover?: Failover,
): Promise<PlanTotals> {
  const isOn = (channel: Channel) => ({ $in: [channel, '$plan.channels'] });
  const sends = (channel: Channel) => ({ $sum: { $cond: [isOn(channel), 1, 0] } });
  const segments = { $ifNull: ['$smsSegments', 0] };
  const isHeldBack = { $and: CHANNELS.map(isOn) };
  const byAction = await rows
    .aggregate<Record<Counted, number> & { _id: PlannedAction }>([
      { $match: { importId } },
      {
        $group: {
          _id: '$plan.action',
          rows: { $sum: 1 },
          email: sends('email'),
          sms: sends('sms'),
          smsSegments: { $sum: segments },
          onBoth: { $sum: { $cond: [isHeldBack, 1, 0] } },
          segmentsOnBoth: { $sum: { $cond: [isHeldBack, segments, 0] } },
        },
      },
    ])
    .toArray();
  const sum = (counted: Counted): number => byAction.reduce((total, group) => total + group[counted], 0);
  const messages = { email: sum('email'), sms: sum('sms') };
  const smsSegments = sum('smsSegments');
  return {
    actions: Object.fromEntries(
      PLANNED_ACTIONS.map((action) => [action, byAction.find(({ _id }) => _id === action)?.rows ?? 0]),
    ) as Record<PlannedAction, number>,
    messages,
    smsSegments,
    ...(failover && {
      atFirst:
        failover.first === 'email'
          ? {
              messages: { ...messages, sms: messages.sms - sum('onBoth') },
              smsSegments: smsSegments - sum('segmentsOnBoth'),
            }
          : { messages: { ...messages, email: messages.email - sum('onBoth') }, smsSegments },
    }),
  };
}
