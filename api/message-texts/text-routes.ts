import { z } from 'zod';
import { ADMINISTRATORS, SYSTEM_ADMINISTRATOR } from '../http/authenticate';
import { defineRoute, json, jsonOf } from '../routing/route';
import { channel } from '../schemas/common';
import {
  newTextSchema,
  preview,
  previewExample,
  previewResultExample,
  previewSchema,
  restorationSchema,
  testExample,
  testSchema,
  textExample,
  textList,
  textListExample,
  textParams,
  textView,
  textWithVersions,
  textWithVersionsExample,
} from './text-schemas';

const tag = 'Texts';
const path = '/v1/texts';
const one = { path: `${path}/{id}`, tag, params: textParams } as const;

export const listTexts = defineRoute({
  method: 'get',
  path,
  operationId: 'listTexts',
  summary: 'List what is sent, by channel and language',
  tag,
  access: ADMINISTRATORS,
  answers: { 200: json('The built-in texts and your own.', textList, textListExample) },
});
export const getText = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getText',
  summary: 'Get a text with its versions',
  description: 'For a language without a text of its own: the text that people of this language get.',
  access: ADMINISTRATORS,
  answers: { 200: json('The text.', textWithVersions, textWithVersionsExample) },
});
export const saveText = defineRoute({
  ...one,
  method: 'put',
  operationId: 'saveText',
  summary: 'Save a new version of a text, which is sent from then on',
  description:
    'Messages that are made later have the new version, also retries and reminders of older imports. A preview whose number of SMS segments changes has to be reviewed again. A template that its provider does not have is refused; one that the key may not read is saved.',
  access: SYSTEM_ADMINISTRATOR,
  body: jsonOf(newTextSchema, { ...textExample.content, replaces: 2 }),
  answers: { 200: json('The text with its new version.', textView, textExample) },
  problems: ['text-invalid', 'text-replaced'],
});
export const removeText = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'removeText',
  summary: 'Send the built-in text again; the versions are kept',
  access: SYSTEM_ADMINISTRATOR,
  answers: { 204: { description: 'The organisation has no text of its own there.', empty: true } },
});
export const restoreText = defineRoute({
  ...one,
  method: 'post',
  path: `${path}/{id}/restorations`,
  operationId: 'restoreText',
  summary: 'Send an earlier version of a text again',
  access: SYSTEM_ADMINISTRATOR,
  body: jsonOf(restorationSchema, { version: 2 }),
  answers: { 200: json('The text with the version that is sent now.', textView, textExample) },
  problems: ['text-invalid'],
});
export const previewText = defineRoute({
  ...one,
  method: 'post',
  path: `${path}/{id}/previews`,
  operationId: 'previewText',
  summary: 'Show a text as one person would get it',
  description: 'Saves and sends nothing. The link is an example, as long as a real one.',
  access: ADMINISTRATORS,
  body: jsonOf(previewSchema, previewExample),
  answers: { 200: json('The message.', preview, previewResultExample) },
  problems: ['text-invalid'],
});
export const testText = defineRoute({
  ...one,
  method: 'post',
  path: `${path}/{id}/tests`,
  operationId: 'testText',
  summary: 'Send a text to a member of staff, as a test',
  description: 'It goes to the address that the staff member has, with a link that accepts nothing.',
  access: ADMINISTRATORS,
  body: jsonOf(testSchema, testExample),
  answers: {
    202: json('The provider has taken it.', z.object({ channel, language: z.string() }).meta({ id: 'SentTest' }), {
      channel: 'email',
      language: 'de',
    }),
  },
  problems: ['text-test-refused'],
});
