import { asking } from '../http/lookup-error';
import { asObject, parseJson } from '../classify';
import { UnusableAnswer } from '../http/http-transport';
import type { HttpTransport } from '../http/http-transport';
import type { InvitationMessage } from '../sender';

/**
 * All that a sandbox in SendGrid's place holds for the imports of these messages, by message, others among them. The real
 * one has no such list: it tells by events what became of a mail, and nothing else. Throws `LookUpError` where the host is
 * no sandbox.
 */
export async function findAllMails(
  transport: HttpTransport,
  baseUrl: string,
  messages: readonly InvitationMessage[],
): Promise<Map<string, string[]>> {
  const found = new Map(messages.map(({ id }): [string, string[]] => [id, []]));
  // The id of an invitation begins with that of its import, so one question for each import does.
  for (const importId of new Set(messages.map(({ id }) => id.split(':')[0]!))) {
    for (const { id, invitation } of await mailsOf(transport, baseUrl, importId)) {
      const key = String(invitation);
      found.set(key, [...(found.get(key) ?? []), id]);
    }
  }
  return found;
}

const mailsOf = (transport: HttpTransport, baseUrl: string, importId: string) =>
  asking('The sandbox', async () => {
    const url = `${baseUrl.replace(/\/+$/, '')}/__ledger?invitation=${encodeURIComponent(`${importId}:`)}`;
    const answer = await transport({ method: 'GET', url, headers: {} });
    const { messages } = asObject(parseJson(answer.body));
    if (answer.status !== 200 || !Array.isArray(messages)) throw new UnusableAnswer(answer);
    return messages.map(asObject).map(({ id, customArgs }) => ({
      id: String(id),
      invitation: asObject(customArgs).invitation,
    }));
  });
