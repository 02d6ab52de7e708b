import { fateOfTemplate, textOfTemplate } from '../faults/magic-templates';
import { WRONG_CREDENTIAL } from '../faults/magic-recipients';
import type { Answer } from '../http/answer';
import type { ProviderApi } from '../http/provider-api';
import { twilioError } from './answers';
import { credentialsOf } from './credentials';

const CONTENT_API = '/v1/Content';
const MAX_BYTES = 64 * 1024;

/** Twilio's Content resource, which has a host of its own there: fetch. */
export function createTwilioContentApi(): ProviderApi {
  return {
    name: 'twilio',
    basePath: CONTENT_API,
    maxBodyBytes: MAX_BYTES,
    tooLarge: twilioError({ code: 20001, status: 413 }),
    prepare({ method, path, headers }) {
      const { account, authToken } = credentialsOf(headers);
      if (authToken === '' || authToken.startsWith(WRONG_CREDENTIAL)) return answered(twilioError({ code: 20003 }));
      return answered(
        method === 'GET' ? contentAnswer(account, path.slice(CONTENT_API.length + 1)) : twilioError({ code: 20404 }),
      );
    },
  };
}

const answered = (answer: Answer) => ({ answer, to: [] });

function contentAnswer(account: string, sid: string): Answer {
  const fate = fateOfTemplate(sid);
  if (fate === 'forbidden') return twilioError({ code: 20403 });
  if (fate === 'unknown' || !/^HX[0-9a-f]{32}$/.test(sid)) return twilioError({ code: 20404 });
  const url = `https://content.twilio.com${CONTENT_API}/${sid}`;
  return {
    status: 200,
    body: {
      sid,
      account_sid: account,
      friendly_name: 'invitation',
      language: 'en',
      variables: {},
      types: { 'twilio/text': { body: textOfTemplate(fate) } },
      date_created: '2026-11-02T09:00:00Z',
      date_updated: '2026-11-02T09:00:00Z',
      url,
      links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
    },
  };
}
