import { MockActivityEnvironment } from '@temporalio/testing';
import { createSettleInvitations } from '../../activities/sending/settle-invitations';
import { sendBatch } from '../../activities/sending/send-batch';
import { loadConfig } from '../../platform/config';
import type { InvitationMessage } from '../../providers/sender';
import type { PersonDoc } from '../../store/documents';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers, uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { controlSandbox } from '../support/sandbox-control';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { until } from '../support/until';

describe('One wave of messages', () => {
  const organisationName = uniqueName('Org');
  const sandbox = controlSandbox(sharedServers().sandboxUrl, organisationName);
  // Fence 300 ms, settle window some 700 ms; what is in doubt and not at the provider is sent again.
  const windows = { PROVIDER_DEADLINE_MS: '600', PROVIDER_LAG_MS: '50', SMS_POLICY: 'resend-after-settle' };
  const config = loadConfig({ ...settingsFor('wave', sharedServers()), ...windows });
  /** For sends that are to arrive however busy the machine is. */
  const unhurried = loadConfig(settingsFor('wave', sharedServers()));
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne({ ...organisation('org'), name: organisationName });
  });
  afterAll(() => scratch.close());

  async function invited(mobile: string): Promise<{ importId: string; message: InvitationMessage }> {
    const addressee: PersonDoc = person('org', { mobile });
    const importId = uniqueName('import-');
    const invitation = sentInvitation(addressee, { importId, channel: 'sms', state: 'pending', attempts: 0 });
    delete invitation.attempt;
    await scratch.collections.people.insertOne(addressee);
    await scratch.store.invitations.stage([invitation]);
    const { _id: id, token } = invitation;
    const link = `https://messenger.example/join/${token}`;
    return { importId, message: { id, token, to: mobile, firstName: 'Given', organisationName, link } };
  }

  const deps = (gate = createGate(), of = config) => createActivityDeps(of, gate.around(scratch.store));
  const wave = ({ store, senders, settings }: ReturnType<typeof deps>, importId: string, attemptId: string) => ({
    ledger: store.ledger,
    sender: senders.sms,
    channel: 'sms' as const,
    attemptId,
    fenceMs: settings.fenceMs,
    recordForMs: 500,
    findHolds: () => store.pauses.find(importId),
  });
  const received = async (to: string) => (await sandbox.messages()).filter((message) => message.to === to).length;

  test('When a worker is frozen between its claim and its request until another has sent, then it sends nothing', async () => {
    const { importId, message } = await invited('+12125550150');
    const gate = createGate();
    const frozen = gate.hold('ledger.claim');
    const late = sendBatch(wave(deps(gate), importId, 'late'), [message]);
    const refusal = expect(late).rejects.toMatchObject({ type: 'ClaimTooOld' });
    await frozen.arrival;
    // The claim is settled by another, who asks the provider, hears of nothing, and opens it for whoever comes next.
    const settle = createSettleInvitations(deps());
    await until(
      'the claim to be settled',
      () => new MockActivityEnvironment().run(settle, { importId, channel: 'sms' as const, rows: '2' }),
      (outcomes) => (outcomes as { state: string }[])[0]?.state === 'pending',
    );
    await sendBatch(wave(deps(createGate(), unhurried), importId, 'next'), [message]);
    expect(await received(message.to)).toBe(1);

    frozen.release();
    await refusal;

    expect(await received(message.to)).toBe(1);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([
      { state: 'sent', attempt: { id: 'next' }, attempts: 2 },
    ]);
  });

  test('When the import is held back after the claim, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550151');
    const of = { ...wave(deps(), importId, 'held'), findHolds: async () => ({ by: { staff: null }, resumes: 0 }) };
    expect(await sendBatch(of, [message])).toMatchObject({ outcome: { kind: 'held' } });
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When what holds the import back cannot be read, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550152');
    const of = { ...wave(deps(), importId, 'blind'), findHolds: () => Promise.reject(new Error('planned failure')) };
    await expect(sendBatch(of, [message])).rejects.toThrow('planned failure');
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When a claim is made and its answer is lost, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550155');
    const of = wave(deps(), importId, 'deaf');
    const claim: typeof of.ledger.claim = async (...given) => {
      await scratch.store.ledger.claim(...given);
      throw new Error('planned failure');
    };
    await expect(sendBatch({ ...of, ledger: { ...scratch.store.ledger, claim } }, [message])).rejects.toThrow(
      'planned',
    );
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending', attempts: 1 }]);
  });

  test('When a request would begin after the fence, then it is not made and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550154');
    const of = wave(deps(), importId, 'slow');
    const { sender, fenceMs } = of;
    const send: typeof sender.send = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, fenceMs));
      return sender.send(...given);
    };
    expect(await sendBatch({ ...of, sender: { ...sender, send } }, [message])).toMatchObject({
      outcome: { kind: 'busy', providerCode: 'too-late' },
    });
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When ten drive the same invitation at once, then the provider accepts it once', async () => {
    const { importId, message } = await invited('+12125550153');
    const driver = (_: unknown, i: number) =>
      sendBatch(wave(deps(createGate(), unhurried), importId, `driver-${i}`), [message]);
    await Promise.all(Array.from({ length: 10 }, driver));
    expect(await received(message.to)).toBe(1);
  });
});
