import pLimit from 'p-limit';
import type twilio from 'twilio';
import { UnusableAnswer } from '../http/http-transport';
import { withLookUpError } from '../http/lookup-error';
import type { AuditedMessage, InvitationMessage, LookUpOutcome } from '../sender';

const PAGE = 100;
const LOOK_UP_PAGES = 10;
/** Lists that an audit asks for at once; Twilio does not mind so many. */
const QUESTIONS_AT_ONCE = 8;

type Page = Pick<Awaited<ReturnType<twilio.Twilio['messages']['page']>>, 'instances' | 'nextPage'>;

/** Whether Twilio holds the message; of those to the same number the last thousand are enough. */
export const lookUpMessage = (client: twilio.Twilio, message: InvitationMessage): Promise<LookUpOutcome> =>
  withLookUpError('Twilio', async () => {
    let pages = 0;
    for await (const sent of sentTo(client, message.to)) {
      const match = sent.find(carries(message));
      if (match) return { kind: 'accepted', providerId: match.sid };
      if (++pages === LOOK_UP_PAGES) break;
    }
    return { kind: 'not-found' };
  });

/**
 * The SIDs of all that Twilio holds for each message, by the message's id. Messages to one number share its listing; a
 * message that is not there may have gone to another number, and is fetched by its SID. Those that it has not come to by `until`
 * are left out.
 */
export async function findAllMessages(
  client: twilio.Twilio,
  messages: readonly AuditedMessage[],
  until = Infinity,
): Promise<Map<string, string[]>> {
  const listed = await listByNumber(client, messages, until);
  const elsewhere = messages.filter(({ id, providerId }) => providerId !== undefined && listed.get(id)?.length === 0);
  // Without the second question it is not known whether they are there.
  for (const { id } of elsewhere) listed.delete(id);
  const fetched = await askEach(elsewhere, until, async (message) => {
    const sent = await fetchIfThere(client, message.providerId!);
    return [message.id, sent && carries(message)(sent) ? [sent.sid] : []] as const;
  });
  return new Map([...listed, ...fetched]);
}

async function fetchIfThere(client: twilio.Twilio, sid: string) {
  try {
    return await client.messages(sid).fetch();
  } catch (error) {
    if (error instanceof UnusableAnswer && error.answer.status === 404) return undefined;
    throw error;
  }
}

async function listByNumber(
  client: twilio.Twilio,
  messages: readonly InvitationMessage[],
  until: number,
): Promise<Map<string, string[]>> {
  const byNumber = new Map<string, InvitationMessage[]>();
  for (const message of messages) byNumber.set(message.to, [...(byNumber.get(message.to) ?? []), message]);
  const listed = await askEach([...byNumber], until, async ([to, wanted]) => {
    const all: Page['instances'] = [];
    for await (const sent of sentTo(client, to)) all.push(...sent);
    return wanted.map((message) => [message.id, all.filter(carries(message)).map(({ sid }) => sid)] as const);
  });
  return new Map(listed.flat());
}

/** The answers to all questions whose turn comes before `until`. */
async function askEach<Question, Answer>(
  questions: readonly Question[],
  until: number,
  ask: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const limit = pLimit(QUESTIONS_AT_ONCE);
  const answers = await Promise.all(
    questions.map((question) =>
      limit(async () => (Date.now() < until ? [await withLookUpError('Twilio', () => ask(question))] : [])),
    ),
  );
  return answers.flat(1);
}

/**
 * What Twilio holds for one number, page by page, the newest first. Asks by recipient alone: Twilio's filter is by the date
 * of sending, which a queued message does not have yet.
 */
async function* sentTo(client: twilio.Twilio, to: string): AsyncGenerator<Page['instances']> {
  let page: Page = await client.messages.page({ to, pageSize: PAGE });
  for (;;) {
    yield page.instances;
    const next = page.nextPage();
    if (!next) return;
    page = await next;
  }
}

const carries =
  ({ token }: InvitationMessage) =>
  ({ body }: Pick<Page['instances'][number], 'body'>): boolean =>
    body?.includes(token);
