import { handlebarsVariables } from '../../domain/message-texts/template-check';
import { asObject, parseJson } from '../classify';
import { UnusableAnswer } from '../http/http-transport';
import type { HttpTransport } from '../http/http-transport';
import { learnRequest } from './sendgrid-sender';
import type { SendGridSenderOptions } from './sendgrid-sender';
import type { TemplateAnswer } from '../template-answer';

/** Asks for a dynamic template (`GET /v3/templates/{id}`; the key needs the scope `templates.read`). Its active version is what is sent. */
export function sendGridTemplate(
  account: Pick<SendGridSenderOptions, 'apiKey' | 'baseUrl'>,
  transport: HttpTransport,
): (templateId: string) => Promise<TemplateAnswer> {
  return async (templateId) => {
    const { url, headers } = learnRequest(account, { method: 'GET', url: `/v3/templates/${templateId}` });
    const answer = await transport({ method: 'GET', url, headers });
    const { versions } = asObject(parseJson(answer.body));
    if (answer.status !== 200 || !Array.isArray(versions)) throw new UnusableAnswer(answer);
    const active = versions.map(asObject).find((version) => version['active'] === 1);
    if (!active) return { kind: 'missing', because: 'no-active-version' };
    const parts = ['subject', 'html_content', 'plain_content'].map((part) => active[part]);
    return { kind: 'found', variables: handlebarsVariables(parts.filter((one) => typeof one === 'string').join('\n')) };
  };
}
