import { z } from 'zod';
import { defineRoute } from '../routing/route';
import { lang, PAGE, tokenPage } from './token-page';

const shared = {
  ...tokenPage('/unsubscribe/{token}', {
    unknown: 'No e-mail has such a token.',
    token: 'The end of the address in `List-Unsubscribe`.',
  }),
  query: z.object({ lang }),
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
