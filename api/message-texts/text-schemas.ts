import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { languageNamed } from '../../domain/message-texts/language-names';
import { PLACEHOLDERS } from '../../domain/message-texts/message-text';
import { IMPORT_ID, channel, instant, PERSON_ID, smsCost } from '../schemas/common';

const EXAMPLE_ID = 'email:de-AT';

/** The id of a text: its channel and its language, `email:de-AT`. The language may be written as people write it. */
export const textParams = z.object({
  id: z
    .string()
    .transform((id, context) => {
      const [, of, typed] = /^([a-z]+):(.+)$/.exec(id) ?? [];
      const found = CHANNELS.find((one) => one === of);
      const language = typed === undefined ? undefined : languageNamed(typed);
      if (found && language !== undefined) return { channel: found, language };
      context.addIssue({ code: 'custom', message: `There is no text "${id}". An id is as ${EXAMPLE_ID} or sms:fr.` });
      return z.NEVER;
    })
    .meta({ description: 'Channel and language (BCP 47) of a text.', examples: [EXAMPLE_ID] }),
});

/** The lengths are checked with the rest, by sentences that name the text; these bounds keep out what is no text. */
const part = z.string().max(20_000);

/** What a text says; of an SMS the body alone, of a template of the provider its id alone. */
const content = z
  .object({
    subject: part.exactOptional().meta({ description: 'Of an e-mail: one line.' }),
    body: part
      .exactOptional()
      .meta({ description: 'Plain text with placeholders. Of an e-mail: paragraphs with a blank line between.' }),
    button: part.exactOptional().meta({ description: 'Of an e-mail: what stands on the button of the link.' }),
    templateId: part
      .exactOptional()
      .meta({ description: 'In place of a text: a dynamic template of SendGrid, or content of Twilio.' }),
  })
  .meta({ id: 'TextContent' });

const view = {
  id: z.string(),
  channel,
  language: z.string().meta({ description: 'BCP 47.' }),
  direction: z.enum(['ltr', 'rtl']),
  isBuiltIn: z.boolean().meta({ description: 'Whether it is the text that the product brings.' }),
  version: z.int().nullable().meta({ description: 'The version that is sent; `null` for a built-in text.' }),
  savedAt: instant.nullable(),
  content,
};
export const textView = z
  .object(view)
  .meta({ id: 'MessageText', description: 'What is sent on a channel in a language.' });
export const textExample: z.input<typeof textView> = {
  id: EXAMPLE_ID,
  channel: 'email',
  language: 'de-AT',
  direction: 'ltr',
  isBuiltIn: false,
  version: 3,
  savedAt: '2026-11-28T09:12:00.000Z',
  content: {
    subject: '{{organisation}} lädt Sie ein',
    body: 'Servus {{firstName}},\n\n{{link}}',
    button: 'Beitreten',
  },
};

export const textList = z
  .object({
    language: z.string().meta({ description: 'Of people whose language is unknown: a setting of the organisation.' }),
    placeholders: z.array(z.enum(PLACEHOLDERS)),
    data: z.array(textView),
  })
  .meta({ id: 'MessageTexts' });
export const textListExample: z.input<typeof textList> = {
  language: 'en',
  placeholders: [...PLACEHOLDERS],
  data: [textExample],
};

export const textWithVersions = z
  .object({
    ...view,
    versions: z
      .array(z.object({ version: z.int(), savedAt: instant, content }))
      .meta({ description: 'The newest first, 200 at most.' }),
  })
  .meta({ id: 'MessageTextWithVersions' });
export const textWithVersionsExample: z.input<typeof textWithVersions> = {
  ...textExample,
  versions: [{ version: 3, savedAt: '2026-11-28T09:12:00.000Z', content: textExample.content }],
};

const written = {
  subject: part.exactOptional(),
  body: part.exactOptional(),
  button: part.exactOptional(),
  templateId: part.exactOptional(),
};
export const newTextSchema = z.strictObject({
  ...written,
  replaces: z
    .int()
    .min(0)
    .exactOptional()
    .meta({ description: 'Save only if this is the version that is sent; 0 for a built-in text.' }),
});
export const restorationSchema = z.strictObject({ version: z.int().min(1) });

export const previewSchema = z.strictObject({
  content: z.strictObject(written).exactOptional().meta({ description: 'A text that is not saved yet.' }),
  row: z
    .strictObject({ import: z.uuid(), line: z.int().min(1) })
    .exactOptional()
    .meta({ description: 'Whose name to take; without it that of an example.' }),
});
export const previewExample: z.input<typeof previewSchema> = { row: { import: IMPORT_ID, line: 17 } };

export const templateCheck = z
  .object({
    state: z.enum(['found', 'missing', 'unverified']).meta({
      description:
        '`missing`: messages with it reach nobody. `unverified`: the key may not read templates, or the provider did not answer.',
    }),
    message: z.string().nullable().meta({ description: 'Why it is `missing` or `unverified`.' }),
    warnings: z.array(
      z.object({
        code: z.enum(['no-link', 'unknown-variable']),
        variable: z.string().nullable(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'TemplateCheck', description: 'What the provider says of a template that it keeps.' });

export const preview = z
  .object({
    language: z.string().meta({ description: 'Of the text that is taken: a nearer one may be missing.' }),
    direction: z.enum(['ltr', 'rtl']),
    subject: z.string().nullable(),
    text: z.string().nullable().meta({ description: '`null` for a template that the provider keeps.' }),
    html: z.string().nullable(),
    sms: z
      .object({
        alphabet: z.enum(['GSM-7', 'UCS-2']),
        segments: z.int().meta({ description: 'Each of which is paid for.' }),
        characters: z.int(),
        cost: smsCost,
      })
      .nullable(),
    variables: z
      .record(z.string(), z.string())
      .nullable()
      .meta({ description: 'What a template that the provider keeps is given.' }),
    template: templateCheck.nullable().meta({ description: '`null` for a text that is kept here.' }),
  })
  .meta({ id: 'TextPreview' });
export const previewResultExample: z.input<typeof preview> = {
  language: 'de',
  direction: 'ltr',
  subject: null,
  text: 'Guten Tag Jörg, Harbour Wealth lädt Sie zum vertraulichen Messenger ein: https://example.com/join/ThisIsNoTokenAAA',
  html: null,
  sms: { alphabet: 'GSM-7', segments: 1, characters: 114, cost: { amount: 0.0463, currency: 'GBP' } },
  variables: null,
  template: null,
};

export const testSchema = z.strictObject({
  staff: z.string().min(1).max(400).meta({ description: 'Id of the member of staff who gets it.' }),
});
export const testExample: z.input<typeof testSchema> = { staff: PERSON_ID };
