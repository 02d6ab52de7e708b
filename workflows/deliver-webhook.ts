import { ActivityFailure, CancellationScope, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { WEBHOOK_HOURS, webhooksTaskQueue } from '../contract/webhooks/webhooks';
import type { WebhookInput } from '../contract/webhooks/webhooks';
import type { WebhookActivities } from '../activities/index';

/**
 * Sends one webhook until its endpoint takes it: at once, after 5 s, 20 s, 80 s, 5 and 21 minutes, then every hour, unless the
 * endpoint asks for another delay. After a day, or once it is cancelled, the delivery has failed and can be repeated by hand.
 */
export async function deliverWebhook(input: WebhookInput): Promise<void> {
  const taskQueue = webhooksTaskQueue(workflowInfo().taskQueue);
  const { deliverWebhook: deliver } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: `${WEBHOOK_HOURS}h`,
    retry: { initialInterval: '5s', backoffCoefficient: 4, maximumInterval: '1h' },
  });
  const { abandonWebhook } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: '1m',
    retry: { maximumInterval: '1m' },
  });
  try {
    await deliver(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await CancellationScope.nonCancellable(() => abandonWebhook(input));
  }
}
