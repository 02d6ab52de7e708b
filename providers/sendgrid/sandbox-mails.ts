import { withLookUpError } from '../http/lookup-error';
import { asObject, parseJson } from '../classify';
import { UnusableAnswer } from '../http/http-transport';
import type { HttpTransport } from '../http/http-transport';
import type { InvitationMessage } from '../sender';

/**
 * The ids of all mails that a sandbox in SendGrid's place holds for the imports of these messages, by the id of the
 * invitation; invitations that were not asked for may be among them. The real SendGrid has no such list: its events alone
 * tell what became of a mail. Throws `LookUpError` where the host is not a sandbox.
 */
export async function findAllMails(
  transport: HttpTransport,
  baseUrl: string,
  messages: readonly InvitationMessage[],
): Promise<Map<string, string[]>> {
  const mailIds = new Map(messages.map(({ id }): [string, string[]] => [id, []]));
  // The id of an invitation begins with that of its import, so one question for each import is enough.
  for (const importId of new Set(messages.map(({ id }) => id.split(':')[0]!))) {
    for (const { id, invitation } of await mailsOf(transport, baseUrl, importId)) {
      const key = String(invitation);
      mailIds.set(key, [...(mailIds.get(key) ?? []), id]);
    }
  }
  return mailIds;
}

const mailsOf = (transport: HttpTransport, baseUrl: string, importId: string) =>
  withLookUpError('The sandbox', async () => {
    const url = `${baseUrl.replace(/\/+$/, '')}/__ledger?invitation=${encodeURIComponent(`${importId}:`)}`;
    const answer = await transport({ method: 'GET', url, headers: {} });
    const { messages } = asObject(parseJson(answer.body));
    if (answer.status !== 200 || !Array.isArray(messages)) throw new UnusableAnswer(answer);
    return messages.map(asObject).map(({ id, customArgs }) => ({
      id: String(id),
      invitation: asObject(customArgs).invitation,
    }));
  });
