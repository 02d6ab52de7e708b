import { parse } from 'node:querystring';
import { WRONG_CREDENTIAL } from '../faults/magic-recipients';
import type { Answered, Exchange } from '../http/exchange';
import type { ProviderApi } from '../http/provider-api';
import { hasMediaType } from '../http/provider-api';
import type { Settings } from '../http/settings';
import type { Ledger, LedgerMessage } from '../ledger/ledger';
import { TWILIO_API, messageResource, twilioError, twilioErrorFormat } from './answers';
import type { TwilioCallbacks } from './callbacks';
import { credentialsOf } from './credentials';
import type { Form } from './messages';
import { acceptedMessage, bodyOf, listMessages, messageProblem, textField } from './messages';

const MAX_FORM_BYTES = 1024 * 1024;
const MESSAGES = /^\/Accounts\/([^/]+)\/Messages(?:\/([^/]+))?\.json$/;

interface TwilioDeps {
  ledger: Ledger;
  settings: Settings;
  twilioCallbacks: TwilioCallbacks;
}

/** Twilio's Messages resource: create, list, fetch. */
export function createTwilioApi(deps: TwilioDeps): ProviderApi {
  const { ledger, twilioCallbacks } = deps;

  function create(account: string, authToken: string, form: Form): Exchange | Answered {
    const to = textField(form, 'To');
    const code = messageProblem(form);
    if (code !== undefined) return { answer: twilioError({ code }), to: to === '' ? [] : [to] };
    const message = () => acceptedMessage(account, form);
    const created = (accepted: LedgerMessage) => ({
      status: 201,
      body: messageResource(accepted, { status: 'queued' }),
    });
    return {
      provider: 'twilio',
      operation: 'send',
      deliveries: [{ to, text: bodyOf(form) }],
      errorFormat: twilioErrorFormat,
      accept: () => {
        const [accepted] = ledger.append([message()]);
        twilioCallbacks.reportOutcome(accepted!, { authToken, statusCallback: textField(form, 'StatusCallback') });
        return created(accepted!);
      },
      fakeAccept: () => created({ ...message(), seq: 0, at: new Date().toISOString() }),
    };
  }

  function list(account: string, query: Form): Exchange {
    return lookUp(textField(query, 'To'), () => listMessages(deps, account, query));
  }

  function fetch(account: string, id: string): Exchange | Answered {
    const message = ledger.byId(id);
    if (!message || message.account !== account) return NOT_FOUND;
    return lookUp(message.to, () => messageResource(message, twilioCallbacks.statusOf(message)));
  }

  return {
    name: 'twilio',
    basePath: TWILIO_API,
    maxBodyBytes: MAX_FORM_BYTES,
    tooLarge: twilioError({ code: 20001, status: 413 }),
    prepare({ method, path, search, headers, body }) {
      const { authToken } = credentialsOf(headers);
      if (authToken === '' || authToken.startsWith(WRONG_CREDENTIAL)) return UNAUTHORIZED;
      const [, account, id] = MESSAGES.exec(path.slice(TWILIO_API.length)) ?? [];
      if (account === undefined) return NOT_FOUND;
      if (method === 'GET') return id === undefined ? list(account, parse(search)) : fetch(account, id);
      if (method !== 'POST' || id !== undefined) return NOT_FOUND;
      const isForm = hasMediaType(headers, 'application/x-www-form-urlencoded');
      return create(account, authToken, isForm ? parse(body.toString()) : {});
    },
  };
}

const NOT_FOUND: Answered = { answer: twilioError({ code: 20404 }), to: [] };
const UNAUTHORIZED: Answered = { answer: twilioError({ code: 20003 }), to: [] };

function lookUp(to: string, body: () => object): Exchange {
  const show = () => ({ status: 200, body: body() });
  const deliveries = to === '' ? [] : [{ to, text: '' }];
  return {
    provider: 'twilio',
    operation: 'list',
    deliveries,
    errorFormat: twilioErrorFormat,
    accept: show,
    fakeAccept: show,
  };
}
