import type { ScriptedProvider, Script } from './scripted-provider';
import { json, startScriptedProvider } from './scripted-provider';
import { CANARIES, message, sendDeadline, sendGridSender, twilioSender } from './senders';

const TOO_LATE = { kind: 'busy', providerCode: 'too-late' };
const CHANNELS = [
  { name: 'Twilio', sender: twilioSender, to: CANARIES.mobile },
  { name: 'SendGrid', sender: sendGridSender, to: CANARIES.email },
];

describe.each(CHANNELS)('The deadline of a send to $name', ({ sender, to }) => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());
  afterEach(() => jest.restoreAllMocks());
  const accepting: Script = json(202, { sid: 'SM1' }, { 'X-Message-Id': 'req' });

  it('When there is time left, then the message is sent', async () => {
    provider.follow(accepting);
    expect(await sender(provider.url).send([message({ to })], sendDeadline())).toMatchObject([{ kind: 'accepted' }]);
  });

  it('When it has expired before the message is handed over, then nothing is written', async () => {
    provider.follow(accepting);
    const outcomes = await sender(provider.url).send([message({ to })], sendDeadline({ fenceMs: 0 }));
    expect(outcomes).toEqual([TOO_LATE]);
    expect(provider.seen).toHaveLength(0);
  });

  it('When it expires while the request waits for a connection, then the request is never written', async () => {
    const single = sender(provider.url, { connections: 1 });
    let answerFirst: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) =>
      provider.follow((response, seen) => {
        answerFirst = () => accepting(response, seen);
        resolve();
      }),
    );
    const first = single.send([message({ to })], sendDeadline());
    await arrived;
    const deadline = sendDeadline({ fenceMs: 50 });
    const queued = single.send([message({ to })], deadline);
    await new Promise((resolve) => setTimeout(resolve, deadline.remaining() + 5));
    answerFirst!();
    expect(await first).toMatchObject([{ kind: 'accepted' }]);
    expect(await queued).toEqual([TOO_LATE]);
    // The connection has served both, so a request that was written would have been seen by now.
    provider.follow(accepting);
    expect(await single.send([message({ to })], sendDeadline())).toMatchObject([{ kind: 'accepted' }]);
    expect(provider.seen).toHaveLength(1);
  });

  it('When the machine was asleep in between, then the wall clock tells that it is too late', async () => {
    provider.follow(accepting);
    const sending = sender(provider.url).send([message({ to })], sendDeadline());
    const asleepUntil = Date.now() + 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(asleepUntil);
    expect(await sending).toEqual([TOO_LATE]);
    expect(provider.seen).toHaveLength(0);
  });

  it('When a request begins in time, then it has its whole time, also beyond the moment to begin', async () => {
    provider.follow((response, seen) => void setTimeout(() => accepting(response, seen), 1_200));
    const outcomes = await sender(provider.url).send([message({ to })], sendDeadline({ fenceMs: 1_000 }));
    expect(outcomes).toMatchObject([{ kind: 'accepted' }]);
  });
});
