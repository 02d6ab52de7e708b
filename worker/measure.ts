import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { Counter, Histogram } from 'prom-client';
import { CHANNELS } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import { hasComeToRest, statusesThat } from '../contract/import-status';
import { PROBLEM_CODES } from '../contract/problem-codes';
import { ROW_STATUSES } from '../contract/row';
import { countSnapshot } from '../contract/snapshot';
import type { ImportPass, ImportSnapshot } from '../contract/snapshot';
import type { Registry } from '../platform/metrics/registry';
import type { InvitationSender, SendOutcome } from '../providers/sender';

const INVITATION_CODES = PROBLEM_CODES.filter((code) => code.startsWith('invitation.'));
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts each message by what the provider has said of it, and measures its requests. */
export function measureSenders(
  senders: Record<Channel, InvitationSender>,
  registry: Registry,
): Record<Channel, InvitationSender> {
  const registers = [registry];
  const invitations = new Counter({
    name: 'client_import_invitations_total',
    help: 'Messages given to a provider, by channel, outcome (accepted, rejected, busy, ambiguous, stopped) and class: the code of a rejection.',
    labelNames: ['channel', 'outcome', 'class'],
    registers,
  });
  // Prometheus sees no increase where a series begins with its first event, so each is there from the start.
  for (const channel of CHANNELS) {
    for (const outcome of ['accepted', 'busy', 'ambiguous']) invitations.inc({ channel, outcome, class: 'none' }, 0);
    for (const outcome of ['rejected', 'stopped'])
      for (const code of INVITATION_CODES) invitations.inc({ channel, outcome, class: code }, 0);
  }
  const latency = new Histogram({
    name: 'client_import_provider_seconds',
    help: 'Time from a request to a provider until its outcome, by channel.',
    labelNames: ['channel'],
    buckets: SECONDS,
    registers,
  });
  for (const channel of CHANNELS) latency.zero({ channel });
  const measured = (channel: Channel): InvitationSender => {
    const sender = senders[channel];
    return {
      ...sender,
      async send(messages, deadline) {
        const end = latency.startTimer({ channel });
        try {
          const outcomes = await sender.send(messages, deadline);
          for (const outcome of outcomes) invitations.inc({ channel, outcome: outcome.kind, class: classOf(outcome) });
          return outcomes;
        } finally {
          end();
        }
      },
    };
  };
  return Object.fromEntries(CHANNELS.map((channel) => [channel, measured(channel)])) as Record<
    Channel,
    InvitationSender
  >;
}

/** Codes of our own alone: those of the providers are without an end. */
const classOf = (outcome: SendOutcome): string => ('code' in outcome ? outcome.code : 'none');

/**
 * Counts imports as they come to rest, and their rows, each time: one that is retried is counted again. A step whose answer is lost is
 * repeated and may be counted twice; the exact numbers are those of the API.
 */
export function measureImports(registry: Registry): ActivityInterceptorsFactory {
  const registers = [registry];
  const imports = new Counter({
    name: 'client_import_imports_total',
    help: 'Imports that have come to rest, by status.',
    labelNames: ['status'],
    registers,
  });
  const rows = new Counter({
    name: 'client_import_rows_total',
    help: 'Rows of imports that have come to rest, by status.',
    labelNames: ['status'],
    registers,
  });
  for (const status of statusesThat(hasComeToRest)) imports.inc({ status }, 0);
  for (const status of ROW_STATUSES) rows.inc({ status }, 0);

  function note(snapshot: ImportSnapshot): void {
    if (!hasComeToRest(snapshot.status)) return;
    imports.inc({ status: snapshot.status });
    const counted = countSnapshot('', snapshot.status, snapshot);
    for (const [status, count] of Object.entries(counted.rows)) if (count > 0) rows.inc({ status }, count);
  }

  return ({ info: { activityType } }) => ({
    inbound: {
      async execute(input, next) {
        const result = await next(input);
        if (activityType === 'closeImport') note(result as ImportSnapshot);
        if (activityType === 'importRows') note((result as ImportPass).snapshot);
        return result;
      },
    },
  });
}
