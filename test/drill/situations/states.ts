import { bringBack, takeAway } from '../drill';
import type { Drill, Situation } from '../drill';
import type { Names } from '../shell';

const lifted = (drill: Drill): Promise<unknown> => drill.lift();
/** Twilio takes nothing for now, so an import stays under way. */
async function busy(drill: Drill, tag: string): Promise<Names> {
  await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 2 });
  return drill.uploadUntil(tag, 6, 'inviting');
}

export const STATES: Readonly<Record<string, Situation>> = {
  queued: {
    async stage(drill) {
      takeAway(drill, 'worker');
      const { id } = await drill.upload('q', 4);
      return { ID: id };
    },
    persons: [bringBack],
  },
  planning: {
    async stage(drill) {
      takeAway(drill, 'worker');
      const { id } = await drill.upload('planning', 4);
      // As a worker leaves it that dies while it reads the file.
      await drill.setStatus(id, 'planning');
      return { ID: id };
    },
    persons: [bringBack],
  },
  'awaiting-approval': {
    async stage({ product: { api }, statusIs }) {
      const ID = await api.importIdWith({ mode: 'preview' }, PREVIEW, 'preview.csv');
      const { plan } = await statusIs(ID, 'awaiting-approval');
      return { ID, HASH: plan!.hash };
    },
  },
  'creating, inviting': { stage: (drill) => busy(drill, 'inviting'), persons: [lifted] },
  settling: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'hang', times: 4 });
      return drill.uploadUntil('settling', 4, 'settling');
    },
  },
  scheduled: {
    async stage({ product: { api }, statusIs }) {
      const sendAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
      const ID = await api.importIdWith({ sendAt }, LATER, 'later.csv');
      await statusIs(ID, 'scheduled');
      return { ID };
    },
  },
  waiting: {
    async stage(drill) {
      await drill.setRiverside(false);
      return { ...(await drill.uploadUntil('waiting', 4, 'waiting')), STAFF: 'demo:staff-2' };
    },
  },
  paused: {
    async stage(drill) {
      const names = await busy(drill, 'held');
      await drill.post(`/v1/imports/${names['ID']}/pause`);
      await drill.lift();
      await drill.statusIs(names['ID']!, 'paused');
      return names;
    },
  },
  'needs-attention': {
    async stage(drill) {
      const country = { provider: 'twilio', kind: 'error', status: 400, code: 21408, times: 1 } as const;
      const number = { ...country, code: 21211 };
      await drill.plan(number);
      await drill.plan(country);
      const names = await drill.uploadUntil('attention', 6, 'needs-attention');
      await drill.lift();
      const rows = await drill.product.api.rows(names['ID']!);
      const refused = rows.find(({ invitations }) =>
        invitations.some(({ problem }) => problem?.code === 'invitation.address-refused'),
      );
      return { ...names, LINE: String(refused!.row), NUMBER: '+15415550193' };
    },
  },
  'completed-with-problems': {
    async stage({ product: { api }, statusIs }) {
      const ID = await api.importId(SOME_REJECTED, 'some.csv');
      await statusIs(ID, 'completed-with-problems');
      return { ID };
    },
  },
  failed: {
    async stage({ product: { api }, statusIs }) {
      const ID = await api.importId('Colour,Size\nred,3\n', 'colours.csv');
      await statusIs(ID, 'failed');
      return { ID };
    },
  },
  'undoing, undone': {
    async stage(drill) {
      const names = await drill.uploadUntil('mistaken', 4, 'completed');
      const { body } = await drill.post(`/v1/imports/${names['ID']}/undo`);
      return { ...names, HASH: String((body as { planHash: string }).planHash) };
    },
  },
  'completed, cancelled': {
    async stage(drill) {
      const cancelled = await busy(drill, 'cancelled');
      await drill.post(`/v1/imports/${cancelled['ID']}/cancel`);
      await drill.lift();
      await drill.statusIs(cancelled['ID']!, 'cancelled');
      return drill.uploadUntil('done', 4, 'completed');
    },
  },
};

const HEADER = 'First Name,Last Name,Email,Mobile,Group Identifier\n';
const PREVIEW = `${HEADER}Ada,Byron,ada.preview@example.com,+15415550190,Mayfair\n`;
const LATER = `${HEADER}Grace,Hopper,grace.later@example.com,+15415550191,Mayfair\n`;
const SOME_REJECTED = `${HEADER}Mary,Anning,mary.some@example.com,+15415550192,Mayfair\nNo,Number,no.some@example.com,12,Mayfair\n`;
