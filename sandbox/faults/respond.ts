import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../http/answer';
import { sendAnswer } from '../http/answer';
import type { ProviderApi } from '../http/provider-api';
import { readRequest } from '../http/provider-api';
import type { LogEntry, RequestLog } from '../http/request-log';
import type { Settings } from '../http/settings';
import type { FailureCounter } from './failure-counter';
import { injectFault } from './inject';
import type { FaultPlan } from './plan';

interface RespondDeps {
  requestLog: RequestLog;
  settings: Pick<Settings, 'latencyMs'>;
  faults: FaultPlan;
  failureCounter: FailureCounter;
}

/**
 * Answers the requests to a provider: an invalid one at once, else by a planned fault, a magic recipient's, or with
 * success. Without Express, which costs more than all of it: the sandbox shares its cores with what it measures.
 */
export function createRespond(deps: RespondDeps): (api: ProviderApi) => RequestListener {
  const { requestLog, settings, faults, failureCounter } = deps;

  async function respond(api: ProviderApi, req: IncomingMessage, res: ServerResponse, entry: LogEntry): Promise<void> {
    const { body, ...request } = await readRequest(req, api.maxBodyBytes);
    if (settings.latencyMs > 0) await delay(settings.latencyMs, undefined, { ref: false });
    // The caller went away, or the sandbox was closed, while the request was waiting.
    if (res.destroyed) return;
    const prepared = body ? api.prepare({ ...request, body }) : { answer: api.tooLarge, to: [] };
    if ('answer' in prepared) {
      entry.to = prepared.to;
      sendAnswer(res, prepared.answer);
      return;
    }
    entry.to = prepared.deliveries.map(({ to }) => to);
    const accept = (): Answer => {
      const answer = prepared.accept();
      entry.accepted = prepared.operation === 'send';
      return answer;
    };
    const hit = faults.pick(prepared) ?? failureCounter.pick(prepared);
    if (!hit) {
      sendAnswer(res, accept());
      return;
    }
    entry.fault = hit.fault.id;
    await injectFault(res, { ...prepared, accept }, hit);
  }

  return (api) => (req, res) =>
    void respond(api, req, res, requestLog.open(api.name, req, res)).catch((error: Error) => {
      if (!res.destroyed && !res.headersSent) sendAnswer(res, { status: 500, body: { errors: [error.message] } });
    });
}
