import { bringBack, takeAway } from '../drill';
import type { Drill, Situation } from '../drill';

const frozen = (drill: Drill) => drill.product.kill('mongod', 'SIGSTOP');
const thawed = async (drill: Drill): Promise<void> => drill.product.kill('mongod', 'SIGCONT');
const lifted = (drill: Drill): Promise<unknown> => drill.lift();
export const ALERTS: Readonly<Record<string, Situation>> = {
  ClientImportProviderStopped: {
    async stage(drill) {
      await drill.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
      return drill.uploadUntil('stopped', 6, 'paused');
    },
    persons: [lifted],
  },
  ClientImportProviderDown: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'error', status: 500 });
      return drill.uploadUntil('down', 120, 'inviting', 'settling');
    },
    persons: [lifted],
  },
  ClientImportProviderSlow: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'delay', delayMs: 5_500 });
      return drill.uploadUntil('slow', 60, 'inviting');
    },
  },
  ClientImportManyRejected: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21408 });
      return drill.uploadUntil('rejected', 80, 'needs-attention');
    },
    persons: [lifted],
  },
  ClientImportNotStarted: {
    async stage(drill) {
      takeAway(drill, 'worker');
      const { id } = await drill.upload('queued', 4);
      await drill.age(id, 'createdAt', 10);
      return { ID: id };
    },
    persons: [bringBack],
  },
  ClientImportOutboxBehind: {
    async stage(drill) {
      takeAway(drill, 'temporal');
      const { id } = await drill.upload('behind', 4);
      await drill.post(`/v1/imports/${id}/pause`);
      await drill.age(id, 'wakeAt', 5);
      await drill.age(id, 'wakeDueAt', 5);
      return { ID: id };
    },
    persons: [bringBack],
  },
  ClientImportPaused: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 2 });
      const names = await drill.uploadUntil('paused', 6, 'inviting');
      await drill.post(`/v1/imports/${names['ID']}/pause`);
      await drill.lift();
      await drill.statusIs(names['ID']!, 'paused');
      return names;
    },
  },
  ClientImportSettling: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', operation: 'list', kind: 'error', status: 503 });
      await drill.plan({ provider: 'twilio', kind: 'hang', times: 4 });
      const names = await drill.uploadUntil('settles', 4, 'settling');
      await drill.age(names['ID']!, 'createdAt', 120);
      return names;
    },
    persons: [lifted],
  },
  ClientImportWaitingRows: {
    async stage(drill) {
      await drill.setRiverside(false);
      const names = await drill.uploadUntil('waits', 4, 'waiting');
      return { ...names, STAFF: 'demo:staff-2' };
    },
  },
  ClientImportFilesFail: {
    async stage({ product: { api }, statusIs }) {
      // The first in a window of Prometheus makes no increase.
      const ids: string[] = [];
      for (let n = 0; n < 40; n += 1) ids.push(await api.importId(`Colour,Size\nred,${n}\n`, `colours-${n}.csv`));
      for (const id of ids) await statusIs(id, 'failed');
      return { ID: ids.at(-1)! };
    },
  },
  ClientImportApiErrors: {
    async stage(drill) {
      frozen(drill);
      // Callers go on meanwhile, as monitoring does, and are many beside the readers of the minutes before.
      for (let n = 0; n < 20; n += 1)
        await Promise.all(Array.from({ length: 8 }, () => fetch(`${drill.product.settings.apiUrl}/readyz`)));
      return {};
    },
    persons: [thawed],
  },
  ClientImportDatabaseSilent: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 2 });
      const names = await drill.uploadUntil('silent', 6, 'inviting');
      frozen(drill);
      await drill.lift();
      return names;
    },
    persons: [thawed],
  },
  ClientImportNoWorker: {
    async stage(drill) {
      takeAway(drill, 'worker');
      const { id } = await drill.upload('nobody', 4);
      return { ID: id };
    },
    persons: [bringBack],
  },
  ClientImportStepsWait: {
    async stage(drill) {
      await drill.plan({ provider: 'twilio', kind: 'rate-limit', retryAfterSeconds: 2 });
      const names = await drill.uploadUntil('steps', 6, 'inviting');
      takeAway(drill, 'worker');
      await drill.lift();
      return names;
    },
    persons: [bringBack],
  },
};
