import type { OutcomeRequest } from '../../sandbox/outcomes/schema';

async function ask<Answer>(method: string, url: string, body?: object): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!response.ok) throw new Error(`${method} ${url} was rejected: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Each stack has an account of its own at SendGrid, which posts all events of an account to one URL. */
const apiKeyOf = (stackName: string): string => `SG.${stackName}.key`;

export const postEventsTo = (sandboxUrl: string, stackName: string, url: string): Promise<{ publicKey: string }> =>
  ask('PUT', `${sandboxUrl}/__webhooks`, { apiKey: apiKeyOf(stackName), url: `${url}/v1/webhooks/sendgrid` });

/** Has the sandbox post the outcomes of a stack's messages to it. Returns the settings that go with it. */
export async function takeCallbacks(sandboxUrl: string, name: string, url: string): Promise<Record<string, string>> {
  const { publicKey } = await postEventsTo(sandboxUrl, name, url);
  return { WEBHOOK_URL: url, SENDGRID_API_KEY: apiKeyOf(name), SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey };
}

/** Plans the outcomes of accepted messages. */
export const planOutcomes = (sandboxUrl: string, outcomes: OutcomeRequest[]): Promise<unknown> =>
  ask('POST', `${sandboxUrl}/__outcomes`, outcomes);

/** A person writes an SMS back. */
export const replyBySms = (sandboxUrl: string, url: string, from: string, body: string): Promise<unknown> =>
  ask('POST', `${sandboxUrl}/__inbound`, { url: `${url}/v1/webhooks/twilio`, from, body });
