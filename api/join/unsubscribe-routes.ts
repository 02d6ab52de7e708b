import { z } from 'zod';
import { defineRoute } from '../routing/route';
import { LANGUAGES } from './languages/index';

const PAGE = { 'text/html': '<!doctype html>' };
const shared = {
  path: '/unsubscribe/{token}',
  tag: 'Invitations',
  access: 'token',
  params: z.object({
    token: z
      .string()
      .min(1)
      .max(200, { error: 'No e-mail has such a token.' })
      .meta({ description: 'The end of the address in `List-Unsubscribe`.', examples: ['Zk3u0b8Qm1xTAAAA'] }),
  }),
  query: z.object({
    lang: z
      .string()
      .optional()
      .catch(undefined)
      .meta({
        description: `Language of the page: ${LANGUAGES.join(', ')}. Without one of them, the best that \`Accept-Language\` asks for.`,
      }),
  }),
  problemsAsPages: true,
} as const;
const unknown = { 404: { description: 'A page that says that this e-mail is unknown.', written: PAGE } } as const;

/** Opening it changes nothing: programs of mail servers open links, too. */
export const showUnsubscribe = defineRoute({
  ...shared,
  method: 'get',
  operationId: 'showUnsubscribe',
  summary: 'Ask as a page whether to send no more e-mails',
  answers: { 200: { description: 'The page with a button, or that no more are sent.', written: PAGE }, ...unknown },
});

export const unsubscribe = defineRoute({
  ...shared,
  method: 'post',
  operationId: 'unsubscribe',
  summary: 'Get no more e-mails of this organisation',
  description:
    'One click in a mail program (RFC 8058, `List-Unsubscribe=One-Click`), or the button of the page. The body is not read. The organisation sends no e-mail to this person from then on.',
  answers: { 200: { description: 'The page that says that no more are sent.', written: PAGE }, ...unknown },
});
