import { randomUUID } from 'node:crypto';
import { checkText, EXAMPLE_PERSON } from '../../domain/message-texts/check-text';
import { createTextChooser } from '../../domain/message-texts/choose-text';
import { keyOfText, PLACEHOLDERS } from '../../domain/message-texts/message-text';
import type { MessageText, TextPlace } from '../../domain/message-texts/message-text';
import { toAsciiDomain } from '../../domain/person';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { conflict, HttpProblem, notFound } from '../http/http-problem';
import { fieldOfBody } from '../problem-types/invalid-field';
import { noRow } from '../rows/correction-problems';
import { emptyReply, reply, route } from '../routing/route';
import type { Input, Route } from '../routing/route';
import { getText, listTexts, previewText, removeText, restoreText, saveText, testText } from './text-routes';
import { createTemplateChecks } from './template-checks';
import { allTexts, contentView, previewOf, viewOf } from './text-views';
import type { TextsOfOrganisation } from './text-views';

/** As long as a token, and none: no invitation has it. */
const NO_TOKEN = 'ThisIsNoTokenAAA';

type Content = NonNullable<Input<typeof previewText>['body']['content']>;

/** The texts of messages, by channel and language. */
export function createTextsRoutes({
  store,
  config,
  sendTest,
  lookUpTemplate,
}: Pick<AppDeps, 'store' | 'config' | 'sendTest' | 'lookUpTemplate'>): Route[] {
  const { messageTexts } = store;
  const checkTemplate = createTemplateChecks({ lookUpTemplate });
  const link = `${config.invitations.url}${NO_TOKEN}`;

  async function textsOf(organisationId: string): Promise<TextsOfOrganisation> {
    const organisation = await store.organisations.find(organisationId);
    if (!organisation) throw notFound('organisation', organisationId);
    const [own, savedAt] = await Promise.all([messageTexts.current(organisation), messageTexts.savedAt(organisation)]);
    return { organisation, own, savedAt };
  }

  /** What people of this language get. */
  const chosen = ({ organisation, own }: TextsOfOrganisation, { channel, language }: TextPlace): MessageText =>
    createTextChooser(organisation.language, own)[channel](language);

  async function view(organisationId: string, place: TextPlace) {
    const texts = await textsOf(organisationId);
    return viewOf(place, chosen(texts, place), texts);
  }

  function checked(place: TextPlace, content: Content, organisation: string, path: string[] = []): MessageText {
    const text = toText(place, content, path);
    const problems = checkText(place.channel, text, { organisation, link });
    if (problems.length > 0) {
      throw invalid(problems.map(({ part, detail }) => ({ path: [...path, part], detail })));
    }
    return text;
  }

  /** Why nobody would get a template; `undefined` for a text of our own, and for a template that is there or cannot be looked at. */
  async function whyMissing({ channel }: Pick<TextPlace, 'channel'>, text: MessageText): Promise<string | undefined> {
    const template = await checkTemplate(channel, text);
    return template?.state === 'missing' ? sentence(template.message!) : undefined;
  }

  async function assertThere(place: TextPlace, text: MessageText): Promise<void> {
    const detail = await whyMissing(place, text);
    if (detail !== undefined) throw invalid([{ path: ['templateId'], detail }]);
  }

  /** Whose name stands in a preview. */
  async function personOf(
    organisationId: string,
    row: Input<typeof previewText>['body']['row'],
  ): Promise<{ firstName: string; lastName: string }> {
    if (!row) return EXAMPLE_PERSON;
    const importDoc = await store.imports.findIn(organisationId, row.import);
    if (!importDoc) throw notFound('import', row.import);
    const found = await store.rows.find(importDoc._id, row.line);
    const { firstName, lastName } = found?.person ?? found?.cells ?? {};
    if (!found) throw noRow(String(row.line));
    return { firstName: firstName ?? '', lastName: lastName ?? '' };
  }

  return [
    route(listTexts, async (_input, request) => {
      const texts = await textsOf(callerOf(request).organisationId);
      const { language } = texts.organisation;
      return reply(200, { language, placeholders: [...PLACEHOLDERS], data: allTexts(texts) });
    }),

    route(getText, async ({ params: { id: place } }, request) => {
      const { organisationId } = callerOf(request);
      const [shown, versions] = await Promise.all([
        view(organisationId, place),
        messageTexts.versions(organisationId, place),
      ]);
      return reply(200, {
        ...shown,
        versions: versions.map(({ version, createdAt, text }) => ({
          version,
          savedAt: createdAt.toISOString(),
          content: contentView(text),
        })),
      });
    }),

    route(saveText, async ({ params: { id: place }, body: { replaces, ...content } }, request) => {
      const { organisationId } = callerOf(request);
      const { organisation } = await textsOf(organisationId);
      const text = checked(place, content, organisation.name);
      if (replaces !== undefined && replaces !== (organisation.texts[place.channel]?.[place.language] ?? 0)) {
        throw replaced(place);
      }
      await assertThere(place, text);
      const saved = await messageTexts.save(organisationId, place, text, replaces);
      if (!saved) throw replaced(place);
      request.audit?.note({ version: saved.version });
      return reply(200, await view(organisationId, place));
    }),

    route(removeText, async ({ params: { id: place } }, request) => {
      const { organisationId } = callerOf(request);
      const { own } = await textsOf(organisationId);
      if (!own.has(keyOfText(place))) throw notFound('text of your own', keyOfText(place));
      await messageTexts.choose(organisationId, place, null);
      return emptyReply(204);
    }),

    route(restoreText, async ({ params: { id: place }, body: { version } }, request) => {
      const { organisationId } = callerOf(request);
      const found = await messageTexts.find(organisationId, place, version);
      if (!found) throw notFound(`version of ${keyOfText(place)}`, String(version));
      await assertThere(place, found.text);
      await messageTexts.choose(organisationId, place, version);
      request.audit?.note({ version });
      return reply(200, await view(organisationId, place));
    }),

    route(previewText, async ({ params: { id: place }, body: { content, row } }, request) => {
      const { organisationId } = callerOf(request);
      const texts = await textsOf(organisationId);
      const { name } = texts.organisation;
      const text = content ? checked(place, content, name, ['content']) : chosen(texts, place);
      const person = await personOf(organisationId, row);
      const values = { ...person, organisation: name, link };
      const template = await checkTemplate(place.channel, text);
      return reply(200, previewOf(place.channel, text, values, texts.organisation, template));
    }),

    route(testText, async ({ params: { id: place }, body: { staff } }, request) => {
      const { organisationId } = callerOf(request);
      const { channel } = place;
      const texts = await textsOf(organisationId);
      const person = await store.directory.find(organisationId, 'staff', staff);
      if (!person) throw notFound('staff member', staff);
      if (person.deactivatedAt) throw refused('This member of staff is deactivated. Choose another one.');
      if (person.optedOut?.includes(channel)) {
        throw refused('This member of staff wants no more messages on this channel. Choose another one.');
      }
      if (channel === 'sms' && person.mobileType !== 'mobile') {
        throw refused('The number of this member of staff is not a mobile. Choose another one.');
      }
      if (!sendTest) throw refused('This API has no access to the provider. Ask its operator to set its credentials.');
      const text = chosen(texts, place);
      // SendGrid would take the message, and drop it.
      const missing = await whyMissing({ channel }, text);
      if (missing !== undefined) throw refused(`${missing}. Nothing was sent.`);
      const { name, senderName, replyTo } = texts.organisation;
      const outcome = await sendTest(channel, {
        id: `test:${randomUUID()}`,
        token: NO_TOKEN,
        to: channel === 'email' ? (toAsciiDomain(person.email) ?? person.email) : person.mobile,
        firstName: person.firstName,
        lastName: person.lastName,
        organisationName: name,
        link,
        text,
        identity: { ...(senderName !== null && { name: senderName }), ...(replyTo !== null && { replyTo }) },
      });
      if (outcome !== 'accepted') {
        throw refused(`The provider has not taken the message: ${outcome}. Look at the text, or try again later.`);
      }
      return reply(202, { channel, language: text.language });
    }),
  ];
}

/** Makes a text of what was sent, or says which parts are missing or do not belong. */
function toText({ channel, language }: TextPlace, content: Content, path: string[]): MessageText {
  const { subject, body, button, templateId } = content;
  const isTemplate = templateId !== undefined;
  const wanted = isTemplate ? ['templateId'] : channel === 'email' ? ['subject', 'body', 'button'] : ['body'];
  const given = Object.keys(content);
  const kind = isTemplate ? 'A template of the provider' : channel === 'email' ? 'An e-mail' : 'An SMS';
  const wrong = [
    ...wanted.filter((one) => !given.includes(one)).map((one) => ({ one, what: 'is missing' })),
    ...given.filter((one) => !wanted.includes(one)).map((one) => ({ one, what: 'does not belong here' })),
  ];
  if (wrong.length > 0) {
    const detail = (what: string): string => `${kind} in ${language} has ${wanted.join(', ')}: this part ${what}`;
    throw invalid(wrong.map(({ one, what }) => ({ path: [...path, one], detail: detail(what) })));
  }
  if (isTemplate) return { language, templateId };
  if (channel === 'email') return { language, subject: subject!, body: body!, button: button! };
  return { language, body: body! };
}

const invalid = (errors: { path: string[]; detail: string }[]): HttpProblem =>
  new HttpProblem(
    400,
    'text-invalid',
    `The text cannot be sent as it is. ${errors.map(({ detail }) => detail).join('. ')}.`,
    {
      errors: errors.map(({ path, detail }) => fieldOfBody(path, { code: 'text-invalid', detail })),
    },
  );

const replaced = (place: TextPlace): HttpProblem =>
  conflict(
    'text-replaced',
    `Another version of ${keyOfText(place)} is sent by now. Read it again; nothing was changed.`,
  );

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const refused = (detail: string): HttpProblem => conflict('text-test-refused', detail);
