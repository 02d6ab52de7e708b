import { WORDS } from '../../api/join/languages/index';
import type { InvitationDoc } from '../../store/documents';
import { collectionsOf } from '../../store/documents';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { person, sentInvitation } from '../support/scratch-store';
import { faultsOf } from './support/look';
import { startPageStack } from './support/page-stack';
import type { PageStack } from './support/page-stack';

/** Each state is looked at in both themes and at several widths, which takes seconds. */
jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const STATES = ['open', 'joined', 'accepted', 'replaced', 'expired', 'withdrawn', 'unknown'] as const;

describe('The page behind an invitation, in each of its states', () => {
  let pages: PageStack;
  const tokens: Partial<Record<(typeof STATES)[number], string>> = { unknown: 'nobody' };
  beforeAll(async () => {
    pages = await startPageStack({}, { worker: false, outbox: false });
    const collections = collectionsOf(pages.stack.db);
    const invite = async (change: Partial<InvitationDoc> = {}, to = person(DEMO_ORGANISATION_ID)) => {
      await collections.people.updateOne({ _id: to._id }, { $setOnInsert: to }, { upsert: true });
      const invitation = sentInvitation(to, change);
      await collections.invitations.insertOne(invitation);
      return { to, token: invitation.token };
    };
    tokens.open = (await invite()).token;
    tokens.joined = (await invite()).token;
    tokens.accepted = (await invite({}, person(DEMO_ORGANISATION_ID, { active: true }))).token;
    tokens.expired = (await invite({ createdAt: new Date(Date.now() - 31 * DAY_MS) })).token;
    const older = await invite({ createdAt: new Date(Date.now() - DAY_MS) });
    await invite({}, older.to);
    tokens.replaced = older.token;
    const gone = await invite();
    await collections.people.deleteOne({ _id: gone.to._id });
    tokens.withdrawn = gone.token;
  });
  afterAll(() => pages.stop());

  test.each(STATES)('%s', async (state) => {
    const { page, context } = await pages.visit({ locale: 'en-GB' });
    await page.goto(`/join/${tokens[state]}`);
    if (state === 'joined') await page.getByRole('button', { name: WORDS.en.button }).click();
    const heading = WORDS.en[state].heading.replaceAll('{organisation}', pages.stack.organisationName);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await faultsOf(page, `join-${state}`)).toEqual([]);
    await context.close();
  });

  test('open, from the right', async () => {
    const { page, context } = await pages.visit({ locale: 'ar' });
    await page.goto(`/join/${tokens.open}`);
    await page.getByRole('button', { name: WORDS.ar.button }).waitFor();
    expect(await faultsOf(page, 'join-open-ar')).toEqual([]);
    await context.close();
  });
});
