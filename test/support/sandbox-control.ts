import type { CallbackEntry } from '../../sandbox/callbacks/log';
import type { OutcomeRequest } from '../../sandbox/outcomes/schema';
import type { FaultRequest } from '../../sandbox/faults/schema';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';

/**
 * The independent record of the messages that the providers accepted for one organisation, and the faults planned for it.
 * All tests of a run share one sandbox; each has an organisation of its own, whose name stands in every message.
 */
export function controlSandbox(url: string, organisationName: string) {
  return {
    url,
    async messages(): Promise<LedgerMessage[]> {
      const response = await fetch(`${url}/__ledger?contains=${encodeURIComponent(organisationName)}`);
      return ((await response.json()) as { messages: LedgerMessage[] }).messages;
    },
    /** Plans a fault for this organisation's messages alone. */
    async plan(fault: Omit<FaultRequest, 'match'> & { to?: string }): Promise<string> {
      const { to, ...rest } = fault;
      const response = await fetch(`${url}/__faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...rest, match: { contains: organisationName, ...(to && { to }) } }),
      });
      const body = (await response.json()) as { faults?: { id: string }[]; errors?: string[] };
      if (!body.faults) throw new Error(`The fault was rejected: ${body.errors?.join('; ')}`);
      return body.faults[0]!.id;
    },
    /** Plans the outcomes of this organisation's accepted messages. */
    async planOutcome(outcome: Omit<OutcomeRequest, 'match'> & { to?: string }): Promise<void> {
      const { to, ...rest } = outcome;
      const response = await fetch(`${url}/__outcomes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...rest, match: { contains: organisationName, ...(to && { to }) } }),
      });
      if (!response.ok) throw new Error(`The outcome was rejected: ${await response.text()}`);
    },
    /** The callbacks on this organisation's messages, including those not yet posted. */
    async callbacks(): Promise<CallbackEntry[]> {
      const ids = new Set((await this.messages()).map(({ id }) => id));
      const body = (await (await fetch(`${url}/__callbacks`)).json()) as { callbacks: CallbackEntry[] };
      return body.callbacks.filter(({ id }) => ids.has(id));
    },
    /** Makes the first look-up of each of the first `count` numbers fail. */
    async planForLookUps(numbers: string[], count: number): Promise<string[]> {
      const faults = numbers.slice(0, count).map((to) => ({
        provider: 'twilio',
        operation: 'list',
        kind: 'error',
        status: 503,
        times: 1,
        match: { to },
      }));
      const response = await fetch(`${url}/__faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(faults),
      });
      const body = (await response.json()) as { faults: { id: string }[] };
      return body.faults.map(({ id }) => id);
    },
    async lift(faultId: string): Promise<void> {
      await fetch(`${url}/__faults/${faultId}`, { method: 'DELETE' });
    },
  };
}
export type SandboxControl = ReturnType<typeof controlSandbox>;

/** Addresses that got more than one message on a channel: must always be empty. */
export function invitedTwice(messages: LedgerMessage[]): string[] {
  const seen = new Map<string, number>();
  for (const { to } of messages) seen.set(to, (seen.get(to) ?? 0) + 1);
  return [...seen].filter(([, count]) => count > 1).map(([to]) => to);
}
