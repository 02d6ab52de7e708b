import type { Request, RequestHandler } from 'express';
import type { Answer } from '../http/answer';
import { sendAnswer } from '../http/answer';
import type { Answered, Exchange } from '../http/exchange';
import { injectFault } from './inject';
import type { FaultPlan } from './plan';
import type { FailureCounter } from './failure-counter';
import { logEntryOf } from '../http/request-log';

export type Respond = (prepare: (req: Request) => Exchange | Answered) => RequestHandler;

/** The way of every provider request: check it, then follow the planned fault, the magic recipient, or the book. */
export function createRespond(plan: FaultPlan, magic: FailureCounter): Respond {
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
    const hit = plan.pick(prepared) ?? magic.pick(prepared);
    if (!hit) {
      sendAnswer(res, accept());
      return;
    }
    entry.fault = hit.fault.id;
    await injectFault(res, { ...prepared, accept }, hit);
  };
}
