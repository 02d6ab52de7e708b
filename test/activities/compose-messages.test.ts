import { composeMessages } from '../../activities/sending/compose-messages';
import type { ActivityDeps } from '../../activities/deps';
import type { PersonDoc } from '../../store/documents';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('The messages of a chunk', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation('org'));
  });
  afterAll(() => scratch.close());

  const settings = { invitationUrl: 'https://messenger.example/join/' } as ActivityDeps['settings'];

  test.each<[string, Partial<PersonDoc>, string | undefined]>([
    ['is only invited', {}, undefined],
    ['has joined', { active: true }, 'invitation.already-accepted'],
    ['was deactivated', { deactivatedAt: new Date() }, 'person.deactivated'],
    ['wants no more SMS', { optedOut: ['sms'] }, 'invitation.opted-out'],
    ['wants no more e-mails', { optedOut: ['email'] }, undefined],
  ])(
    'When somebody who is to get an SMS %s, then it is needless for that reason alone',
    async (_how, who, needless) => {
      const invited = person('org', who);
      await scratch.collections.people.insertOne(invited);
      const invitation = sentInvitation(invited, { channel: 'sms' });
      const [composed] = await composeMessages({ store: scratch.store, settings }, [invitation]);
      expect(composed!.message).toMatchObject({ to: invited.mobile, link: settings.invitationUrl + invitation.token });
      expect(composed!.needless).toBe(needless);
    },
  );
});
