import { z } from 'zod';
import { defineRoute } from '../routing/route';
import { lang, PAGE, passedOver, tokenPage } from './token-page';

const shared = {
  ...tokenPage('/join/{token}', {
    unknown: 'No invitation has such a token.',
    token: 'The end of the link in a message.',
  }),
  query: z.object({
    lang,
    accepted: passedOver('`now`: the person comes from the button of the page. Anything else is passed over.'),
  }),
} as const;
const unusable = {
  404: { description: 'A page that says that this invitation is unknown.', written: PAGE },
  410: { description: 'A page that says why this invitation cannot be accepted any more.', written: PAGE },
} as const;

/** Opening a link accepts nothing: programs of mail servers and browsers open links, too. */
export const showInvitation = defineRoute({
  ...shared,
  method: 'get',
  operationId: 'showInvitation',
  summary: 'Read an invitation as a page, without accepting it',
  description: 'For the person who was invited. The links in messages lead here unless `INVITATION_URL` is set.',
  answers: {
    200: { description: 'The page: who invites and a button, or that the person has joined.', written: PAGE },
    ...unusable,
  },
});

export const acceptOnPage = defineRoute({
  ...shared,
  method: 'post',
  operationId: 'acceptOnPage',
  summary: 'Accept an invitation by the button of its page',
  description: 'The body is not read. Programs use `POST /v1/invitations/accept`.',
  answers: {
    303: {
      description: 'The invitation is accepted.',
      empty: true,
      headers: { Location: 'The page that welcomes the person.' },
    },
    ...unusable,
  },
});
