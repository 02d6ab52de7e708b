import { z } from 'zod';
import { defineRoute } from '../routing/route';
import { LANGUAGES } from './languages/index';

const PAGE = { 'text/html': '<!doctype html>' };
const shared = {
  path: '/join/{token}',
  tag: 'Invitations',
  access: 'token',
  params: z.object({
    token: z
      .string()
      .min(1)
      .max(200, { error: 'No invitation has such a token.' })
      .meta({ description: 'The end of the link in a message.', examples: ['Zk3u0b8Qm1xTAAAA'] }),
  }),
  // Programs that handle mail add parameters of their own and change others: whatever they make of them, the person gets the page.
  query: z.object({
    lang: z
      .string()
      .optional()
      .catch(undefined)
      .meta({
        description: `Language of the page: ${LANGUAGES.join(', ')}. Without one of them, the best that \`Accept-Language\` asks for.`,
      }),
    accepted: z
      .string()
      .optional()
      .catch(undefined)
      .meta({ description: '`now`: the person comes from the button of the page. Anything else is passed over.' }),
  }),
  problemsAsPages: true,
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
