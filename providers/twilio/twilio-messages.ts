import type twilio from 'twilio';
import { askEach, asking } from '../http/lookup-error';
import { UnusableAnswer } from '../http/http-transport';
import type { AuditedMessage, InvitationMessage, LookUpOutcome } from '../sender';

const PAGE = 100;
const LOOK_UP_PAGES = 10;

type Page = Pick<Awaited<ReturnType<twilio.Twilio['messages']['page']>>, 'instances' | 'nextPage'>;

/** Whether Twilio holds the message; of those to the same number the last thousand are enough. */
export const lookUpMessage = (client: twilio.Twilio, message: InvitationMessage): Promise<LookUpOutcome> =>
  asking('Twilio', async () => {
    let pages = 0;
    for await (const sent of sentTo(client, message.to)) {
      const found = sent.find(carries(message));
      if (found) return { kind: 'accepted', providerId: found.sid };
      if (++pages === LOOK_UP_PAGES) break;
    }
    return { kind: 'not-found' };
  });

/** All that Twilio holds for each message. Messages to one number share its listing; one that went to another is asked for. */
export async function findAllMessages(
  client: twilio.Twilio,
  messages: readonly AuditedMessage[],
): Promise<Map<string, string[]>> {
  const found = await findByNumber(client, messages);
  const elsewhere = messages.filter(({ id, providerId }) => providerId !== undefined && found.get(id)?.length === 0);
  const one = await askEach(elsewhere, (message) =>
    asking('Twilio', async () => {
      const sent = await fetchIfThere(client, message.providerId!);
      return [message.id, sent && carries(message)(sent) ? [sent.sid] : []] as const;
    }),
  );
  return new Map([...found, ...one]);
}

async function fetchIfThere(client: twilio.Twilio, sid: string) {
  try {
    return await client.messages(sid).fetch();
  } catch (error) {
    if (error instanceof UnusableAnswer && error.answer.status === 404) return undefined;
    throw error;
  }
}

async function findByNumber(
  client: twilio.Twilio,
  messages: readonly InvitationMessage[],
): Promise<Map<string, string[]>> {
  const byNumber = new Map<string, InvitationMessage[]>();
  for (const message of messages) byNumber.set(message.to, [...(byNumber.get(message.to) ?? []), message]);
  const found = await askEach([...byNumber], ([to, wanted]) =>
    asking('Twilio', async () => {
      const all: Page['instances'] = [];
      for await (const sent of sentTo(client, to)) all.push(...sent);
      return wanted.map((message) => [message.id, all.filter(carries(message)).map(({ sid }) => sid)] as const);
    }),
  );
  return new Map(found.flat());
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
