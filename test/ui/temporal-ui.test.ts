import { importWorkflowId } from '../../contract/import';
import { createFigures, seconds } from '../chaos/figures';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { openTemporalUi } from './open-temporal-ui';
import type { TemporalUi } from './open-temporal-ui';

jest.setTimeout(180_000);

const ALL_FAILED = 'ImportStatus="needs-attention"';
const WHOLLY_REJECTED = 'ImportStatus="failed"';

/** `npm run ui-drill` runs it and keeps the pictures. */
describe('Support staff in the Temporal UI', () => {
  const figures = createFigures('The Temporal UI by clicks', ['what', 'took'], { name: 'ui-drill', rows: 4 });
  let stack: Stack;
  let ui: TemporalUi;
  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS);
    ui = await openTemporalUi(process.env.TEST_TEMPORAL_UI_URL!, process.env.UI_DRILL_IMAGES);
  });
  afterAll(() => Promise.all([stack?.stop(), ui?.close()]));

  /** Waits until Temporal lists the import under a filter: the list of the UI is read once. */
  const listed = (filter: string, id: string) =>
    until(
      `import ${id} among ${filter}`,
      async () => (await stack.temporal.workflow.count(`${filter} AND WorkflowId="${importWorkflowId(id)}"`)).count,
      (count) => count > 0,
    );
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const startedAt = Date.now();
    const result = await act();
    figures.add(what, seconds(startedAt));
    return result;
  };

  test('An import that needs attention is found by its status, read, retried and seen to complete', async () => {
    const rows = people(6, 'clicked');
    const away = { provider: 'twilio', kind: 'error', status: 400, code: 21408, to: rows[1]!.mobile } as const;
    const fault = await stack.sandbox.plan(away);
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    await stack.sandbox.lift(fault);
    await listed(ALL_FAILED, id);

    await timed('find by search attribute', () => ui.list(ALL_FAILED, id));
    await ui.keep('list');
    await ui.open(id);
    const before = await timed('read', () => ui.details('needs-attention'));
    await ui.keep('import', ui.page.locator('#user-metadata-current-details'));
    expect(before).toContain('clients, about 6 lines, by system administrator');
    expect(before).toContain('6 created');
    expect(before).toMatch(/5 sent, 1 failed/);
    expect(before).toContain(
      'Your account with the SMS provider is not allowed to send to the country of this number.',
    );
    expect(before).toContain('retryInvitations, {"all": true}');
    for (const { firstName, email, mobile } of rows)
      for (const personal of [firstName, email, mobile]) expect(before).not.toContain(personal);

    expect(await timed('retry', () => ui.sendUpdate('retryInvitations', '{"all": true}'))).toBe('');
    await timed('see it complete', () => ui.untilStatus('COMPLETED'));
    // The tab keeps what it has read until it is read again.
    await ui.page.reload();
    const after = await ui.details('all is done');
    await ui.keep('completed', ui.page.locator('#user-metadata-current-details'));
    expect(after).toMatch(/6 sent/);
    expect(after).toContain(`client-import status ${id}`);
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    expect(await stack.api.find(id)).toMatchObject({ status: 'completed', invitations: { sms: { sent: 6 } } });
  });

  test('A retry that a step refuses says why, and the steps of the import say what they did', async () => {
    const rows = people(4, 'refused', () => ({}), 20);
    await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21211, to: rows[1]!.mobile });
    const id = await stack.api.importId(toCsv(rows));
    await stack.api.rest(id);
    await listed(ALL_FAILED, id);

    await ui.list(ALL_FAILED, id);
    await ui.open(id);
    const details = await ui.details('needs-attention');
    expect(details).toContain(`client-import correct ${id} 3`);
    expect(details).not.toContain('retryInvitations');
    const refusal = await ui.sendUpdate('retryInvitations', '{"rows": [2]}');
    expect(refusal).toContain('None of these invitations has failed, so there is nothing to retry.');
    await ui.page.reload();
    await ui.tab('Event History');
    await ui.page.getByText('open again: lines 2').first().waitFor();
    await ui.page.getByText('plan, create and invite').first().waitFor();
  });

  test('A file that was rejected as a whole shows the reason', async () => {
    const id = await stack.api.importId('Colour,Size\nred,3\n');
    await stack.api.rest(id);
    await listed(WHOLLY_REJECTED, id);
    await ui.list(WHOLLY_REJECTED, id);
    await ui.open(id);
    const details = await ui.details('whole file');
    expect(details).toContain('file.missing-column');
    expect(details).toContain('Correct the file as said below and upload it again.');
  });
});
