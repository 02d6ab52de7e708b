import { ActivityFailure, CancellationScope, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { NoticeInput } from '../contract/notices/notices';
import { webhooksTaskQueue } from '../contract/webhooks/webhooks';
import type { WebhookActivities } from '../activities/index';

/** Sends one notice to an administrator. While the provider takes none it is tried again, for a day. */
export async function sendNotice(input: NoticeInput): Promise<void> {
  const taskQueue = webhooksTaskQueue(workflowInfo().taskQueue);
  const { sendNotice: send } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '1 day',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
  });
  const { abandonNotice } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: '1m',
    retry: { maximumInterval: '1m' },
  });
  try {
    await send(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await CancellationScope.nonCancellable(() => abandonNotice(input));
  }
}
