import { MockActivityEnvironment } from '@temporalio/testing';
import { createBreaker } from '../../activities/sending/breaker';
import { createRequestSlots } from '../../activities/sending/request-slots';
import { createSettleInvitations } from '../../activities/sending/settle-invitations';
import { sendBatches } from '../../activities/sending/send-batches';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { Attempt } from '../../activities/sending/send-batch';
import { loadConfig } from '../../platform/config';
import type { InvitationMessage } from '../../providers/sender';
import type { ImportDoc, PersonDoc } from '../../store/documents';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers, uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { controlSandbox } from '../support/sandbox-control';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { until } from '../support/until';

describe('A batch of messages', () => {
  const organisationName = uniqueName('Org');
  const sandbox = controlSandbox(sharedServers().sandboxUrl, organisationName);
  // Fence 300 ms, settle window some 700 ms; what is in doubt and not at the provider is sent again.
  const shortWindows = { PROVIDER_DEADLINE_MS: '600', PROVIDER_LAG_MS: '50', SMS_POLICY: 'resend-after-settle' };
  const config = loadConfig({ ...settingsFor('batch', sharedServers()), ...shortWindows });
  /** For sends that must arrive, and claims that must hold, however busy the machine is. */
  const unhurried = loadConfig(settingsFor('batch', sharedServers()));
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
    const fields = { organisationId: 'org', status: 'inviting', revision: 0, fileProblems: [] };
    await scratch.collections.imports.insertOne({ _id: importId, ...fields } as unknown as ImportDoc);
    await scratch.collections.people.insertOne(addressee);
    await scratch.store.invitations.stage([invitation]);
    const { _id: id, token } = invitation;
    const link = `https://messenger.example/join/${token}`;
    return { importId, message: { id, token, to: mobile, firstName: 'Given', organisationName, link } };
  }

  const deps = (gate = createGate(), of = config) => createActivityDeps(of, gate.around(scratch.store));
  const attempt = ({ store, senders, settings }: ReturnType<typeof deps>, importId: string, id: string): Attempt => ({
    id,
    channel: 'sms',
    ledger: store.ledger,
    sender: senders.sms,
    windows: { ...settings, settleWindowMs: settings.timing.settleWindowMs },
    findHolds: async () => ({ pauses: (await store.pauses.findHolds(importId)).pauses, erased: new Set() }),
  });
  const send = (by: Attempt, message: InvitationMessage) =>
    sendBatches(
      {
        attempt: by,
        breaker: createBreaker({ health: scratch.store.providerHealth, channel: 'sms' }),
        slots: createRequestSlots(32),
        signal: new AbortController().signal,
        onOptOut: () => Promise.resolve(),
      },
      [message],
    );
  const received = async (to: string) => (await sandbox.messages()).filter((message) => message.to === to).length;

  test('When a worker is frozen between its claim and its request until another has sent, then it sends nothing', async () => {
    const { importId, message } = await invited('+12125550150');
    const gate = createGate();
    const frozen = gate.hold('ledger.claim');
    const late = send(attempt(deps(gate), importId, 'late'), message);
    const refusal = expect(late).rejects.toMatchObject({ type: 'ClaimTooOld' });
    await frozen.arrival;
    // Another worker settles the claim: the provider does not know the message, so it is pending again.
    const settle = createSettleInvitations(deps());
    await until(
      'the claim to be settled',
      () => new MockActivityEnvironment().run(settle, { importId, channel: 'sms' as const, rows: '2' }),
      (snapshot) => (snapshot as ImportSnapshot).invitations[0]?.state === 'pending',
    );
    await send(attempt(deps(createGate(), unhurried), importId, 'next'), message);
    expect(await received(message.to)).toBe(1);

    frozen.release();
    await refusal;

    expect(await received(message.to)).toBe(1);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([
      { state: 'sent', attempt: { id: 'next' }, attempts: 2 },
    ]);
  });

  test('When the import is paused after the claim, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550151');
    const of = {
      ...attempt(deps(), importId, 'held'),
      findHolds: async () => ({ pauses: { staff: null }, erased: new Set<string>() }),
    };
    expect(await send(of, message)).toEqual({ kind: 'paused' });
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When what pauses the import cannot be read, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550152');
    const of = {
      ...attempt(deps(), importId, 'blind'),
      findHolds: () => Promise.reject(new Error('planned failure')),
    };
    await expect(send(of, message)).rejects.toThrow('planned failure');
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When a claim is made and its answer is lost, then nothing is sent and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550155');
    const of = attempt(deps(), importId, 'deaf');
    const claim: typeof of.ledger.claim = async (...given) => {
      await scratch.store.ledger.claim(...given);
      throw new Error('planned failure');
    };
    await expect(send({ ...of, ledger: { ...scratch.store.ledger, claim } }, message)).rejects.toThrow('planned');
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending', attempts: 1 }]);
  });

  test('When a request would begin after the fence, then it is not made and the claim is given back', async () => {
    const { importId, message } = await invited('+12125550154');
    const of = attempt(deps(createGate(), unhurried), importId, 'slow');
    const { sender, windows } = of;
    const slow = async (...given: Parameters<typeof sender.send>) => {
      const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + windows.fenceMs);
      return sender.send(...given).finally(() => clock.mockRestore());
    };
    expect(await send({ ...of, sender: { ...sender, send: slow } }, message)).toEqual({
      kind: 'busy',
      providerCode: 'too-late',
    });
    expect(await received(message.to)).toBe(0);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'pending' }]);
  });

  test('When ten drive the same invitation at once, then the provider accepts it once', async () => {
    const { importId, message } = await invited('+12125550153');
    const driver = (_: unknown, i: number) =>
      send(attempt(deps(createGate(), unhurried), importId, `driver-${i}`), message);
    await Promise.all(Array.from({ length: 10 }, driver));
    expect(await received(message.to)).toBe(1);
  });
});
