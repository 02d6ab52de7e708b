import type { Request, RequestHandler } from 'express';
import type { Answer } from '../http/answer';
import { sendAnswer } from '../http/answer';
import type { Answered, Exchange } from '../http/exchange';
import { logEntryOf } from '../http/request-log';
import type { FailureCounter } from './failure-counter';
import { injectFault } from './inject';
import type { FaultPlan } from './plan';

export type Respond = (prepare: (req: Request) => Exchange | Answered) => RequestHandler;

/** Answers a provider request: an invalid one at once, else by a planned fault, a magic recipient's, or with success. */
export function createRespond(faults: FaultPlan, failureCounter: FailureCounter): Respond {
  return (prepare) => async (req, res) => {
    const entry = logEntryOf(res);
    const prepared = prepare(req);
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
  };
}
