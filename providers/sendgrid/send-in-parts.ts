import { classifySendGrid, refusalOfOne, refusedRecipients } from '../classify';
import type { InvitationMessage, SendOutcome } from '../sender';

/**
 * Requests that may be refused without a name before the refusal counts as one of all mails, if nobody was accepted by
 * then. Up to eight recipients are divided to the last within it.
 */
const MOST_REFUSALS = 16;

/** Makes one request and resolves with its id. */
type Post = (messages: readonly InvitationMessage[]) => Promise<string>;

/**
 * Sends messages in one request for each of `wholes` or in several, one after the other, and resolves with the outcome of each. SendGrid accepts
 * nobody of a request of which it refuses a recipient. Recipients that it names are taken out, and the rest is sent
 * again. If it names nobody, the request is divided until those at fault are alone: a refused request has sent nothing, so
 * nobody gets a mail twice.
 */
export async function sendInParts(
  messages: readonly InvitationMessage[],
  wholes: readonly (readonly InvitationMessage[])[],
  post: Post,
): Promise<SendOutcome[]> {
  const outcomes = new Map<InvitationMessage, SendOutcome>();
  const settle = (part: readonly InvitationMessage[], outcome: SendOutcome): void =>
    part.forEach((message) => outcomes.set(message, outcome));
  let parts = wholes.filter(({ length }) => length > 0);
  const refusedOnes: InvitationMessage[] = [];
  let refusals = 0;
  let isAnyAccepted = false;

  while (parts.length > 0) {
    const part = parts.shift()!;
    try {
      const id = await post(part);
      part.forEach((message, index) => outcomes.set(message, { kind: 'accepted', providerId: `${id}.${index}` }));
      isAnyAccepted = true;
    } catch (error) {
      const named = refusedRecipients(error, part.length);
      named.forEach((outcome, index) => outcomes.set(part[index]!, outcome));
      const rest = part.filter((_, index) => !named.has(index));
      const alone = named.size === 0 ? refusalOfOne(error) : undefined;
      if (named.size > 0) {
        if (rest.length > 0) parts.unshift(rest);
      } else if (!alone) {
        const outcome = classifySendGrid(error);
        settle(part, outcome);
        // Neither does it take the parts that are left, which it has refused before.
        if (outcome.kind === 'stopped' || outcome.kind === 'busy') parts = endAll(parts, outcome);
      } else if (!isAnyAccepted && ++refusals === MOST_REFUSALS) {
        parts = endAll([part, refusedOnes, ...parts], classifySendGrid(error));
      } else if (part.length === 1) {
        settle(part, alone);
        refusedOnes.push(...part);
      } else parts.push(...halves(part));
    }
  }
  return messages.map((message) => outcomes.get(message)!);

  function endAll(left: (readonly InvitationMessage[])[], outcome: SendOutcome): [] {
    left.forEach((part) => settle(part, outcome));
    return [];
  }
}

const halves = (part: readonly InvitationMessage[]): (readonly InvitationMessage[])[] => {
  const middle = Math.ceil(part.length / 2);
  return [part.slice(0, middle), part.slice(middle)];
};
