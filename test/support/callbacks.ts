import type { OutcomeRequest } from '../../sandbox/outcomes/schema';

async function ask<Answer>(method: string, url: string, body?: object): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!response.ok) throw new Error(`${method} ${url} was refused: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Of the account that a stack has for itself at SendGrid, which posts the events of a whole account to one address. */
const apiKeyOf = (stackName: string): string => `SG.${stackName}.key`;

export const postEventsTo = (sandboxUrl: string, stackName: string, url: string): Promise<{ publicKey: string }> =>
  ask('PUT', `${sandboxUrl}/__webhooks`, { apiKey: apiKeyOf(stackName), url: `${url}/v1/webhooks/sendgrid` });

/** Has the sandbox tell a stack what becomes of its messages. Returns the settings that go with it. */
export async function takeCallbacks(sandboxUrl: string, name: string, url: string): Promise<Record<string, string>> {
  const { publicKey } = await postEventsTo(sandboxUrl, name, url);
  return { WEBHOOK_URL: url, SENDGRID_API_KEY: apiKeyOf(name), SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey };
}

/** Plans what becomes of accepted messages. */
export const planOutcomes = (sandboxUrl: string, outcomes: OutcomeRequest[]): Promise<unknown> =>
  ask('POST', `${sandboxUrl}/__outcomes`, outcomes);

/** A person writes an SMS back. */
export const replyBySms = (sandboxUrl: string, url: string, from: string, body: string): Promise<unknown> =>
  ask('POST', `${sandboxUrl}/__inbound`, { url: `${url}/v1/webhooks/twilio`, from, body });
