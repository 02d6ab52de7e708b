import type { Answer } from '../http/answer';
import type { FailureDetails, ErrorFormat } from '../http/exchange';

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.';
/** Arbitrary: a caller can only read that it is used up. */
const REQUESTS_PER_PERIOD = 600;

export interface MailProblem {
  message: string;
  /** Path such as `personalizations.3.to.0.email`; `null` for the request as a whole. */
  field: string | null;
}

const USUAL_MESSAGES: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'The provided authorization grant is invalid, expired, or revoked',
  403: 'access forbidden',
  404: 'not found',
  429: 'too many requests',
  503: 'service unavailable',
};

export function sendGridErrors(status: number, problems: readonly MailProblem[]): Answer {
  return { status, body: { errors: problems.map(({ message, field }) => ({ message, field, help: helpUrl(field) })) } };
}

/** The documentation's anchor for a field leaves out positions and the final `email`. */
function helpUrl(field: string | null): string | null {
  if (field === null) return null;
  return HELP + field.replace(/\.\d+/g, '').replace(/\.email$/, '');
}

function failed({ status = 500, message, fields = [] }: FailureDetails): Answer {
  const text = message ?? USUAL_MESSAGES[status] ?? `error ${status}`;
  const problems = fields.map((field) => ({ message: text, field }));
  return sendGridErrors(status, problems.length > 0 ? problems : [{ message: text, field: null }]);
}

export const sendGridErrorFormat: ErrorFormat = {
  failed,
  rateLimited(seconds) {
    const reset = Math.ceil(Date.now() / 1000) + seconds;
    const headers = {
      'X-RateLimit-Limit': `${REQUESTS_PER_PERIOD}`,
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': `${reset}`,
    };
    return { ...failed({ status: 429 }), headers };
  },
};
