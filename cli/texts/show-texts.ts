import { readFile } from 'node:fs/promises';
import type { Session } from '../commands/session';
import { toJson, writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import { CliError } from '../http/cli-error';
import { findImportId } from '../http/find-id';
import type { TextContent, TextPreview, TextView } from '../http/texts';
import { formatMoment } from '../moments/moments';
import { about } from '../output/totals';
import { printable } from '../output/text';

export interface TextOptions {
  output?: Output;
  /** A file with the parts of a text in JSON. */
  save?: string;
  replaces?: number;
  restore?: number;
  builtIn?: true;
  /** `true` for an example person, or `<import>:<line>`. */
  preview?: true | string;
  test?: string;
}

const COLUMNS: readonly Column<TextView>[] = [
  { heading: 'id', of: ({ id }) => id, whole: true },
  { heading: 'version', of: ({ version }) => version ?? 'built-in', whole: true },
  {
    heading: 'saved',
    of: ({ savedAt }) => savedAt,
    inTable: ({ savedAt }) => (savedAt === null ? '' : formatMoment(savedAt)),
    whole: true,
  },
  { heading: 'text', of: ({ content }) => content.templateId ?? content.subject ?? content.body ?? '' },
];

/** Lists what is sent in each language. */
export async function listTexts({ api, out }: Session, output?: Output): Promise<void> {
  writeList(out, await api.listTexts(), COLUMNS, output);
}

/** Shows one text, or does one thing with it. */
export async function actOnText(session: Session, id: string, options: TextOptions): Promise<void> {
  const { api, out, err } = session;
  if (options.preview !== undefined) return preview(session, id, options);
  if (options.save !== undefined) {
    const content = await readContent(options.save);
    const saved = await api.saveText(id, {
      ...content,
      ...(options.replaces !== undefined && { replaces: options.replaces }),
    });
    err.write(`Version ${saved.version} of ${saved.id} is sent from now on.\n`);
    if (content.templateId !== undefined) err.write(aboutTemplate(await api.previewText(id, {})));
  } else if (options.restore !== undefined) {
    const restored = await api.restoreText(id, options.restore);
    err.write(`Version ${restored.version} of ${restored.id} is sent from now on.\n`);
  } else if (options.builtIn) {
    await api.removeText(id);
    err.write(`The built-in text is sent in place of ${id} from now on. Your versions are kept.\n`);
  } else if (options.test !== undefined) {
    const { channel, language } = await api.testText(id, options.test);
    err.write(`The ${channel === 'email' ? 'e-mail' : 'SMS'} in ${language} is on its way.\n`);
  } else {
    out.write(toJson(await api.findText(id)));
  }
}

async function preview({ api, out }: Session, id: string, options: TextOptions): Promise<void> {
  const { preview: of, save, output } = options;
  const [, importPart, line] = typeof of === 'string' ? (/^(.+):([1-9]\d{0,6})$/.exec(of) ?? []) : [];
  if (typeof of === 'string' && importPart === undefined)
    throw new CliError('Name a row as import and line, such as f62ff629:17, or leave it out for an example.');
  const found = await api.previewText(id, {
    ...(save !== undefined && { content: await readContent(save) }),
    ...(importPart !== undefined && { row: { import: await findImportId(api, importPart), line: Number(line) } }),
  });
  out.write(output === 'json' ? toJson(found) : inWords(found));
}

/** What the provider says of a template, a line each; nothing where all is well. */
function aboutTemplate({ template }: Pick<TextPreview, 'template'>): string {
  if (!template) return '';
  const { message, warnings } = template;
  return [...(message === null ? [] : [`${message}.`]), ...warnings.map((warning) => warning.message)]
    .map((line) => `! ${printable(line)}\n`)
    .join('');
}

function inWords({ subject, text, sms, variables, template }: TextPreview): string {
  if (variables) return `${aboutTemplate({ template })}The provider fills its template in with:\n${toJson(variables)}`;
  const head = subject === null ? '' : `${printable(subject)}\n\n`;
  const lines = (text ?? '').split('\n').map(printable).join('\n');
  const { segments = 0, characters, alphabet, cost = null } = sms ?? {};
  const tail = sms
    ? `\n\n${characters} characters in ${alphabet}: ${segments} segment${segments === 1 ? '' : 's'}${about(cost)}`
    : '';
  return `${head}${lines}${tail}\n`;
}

async function readContent(file: string): Promise<TextContent> {
  const written = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  try {
    return JSON.parse(written) as TextContent;
  } catch {
    throw new CliError(
      `${file} is not JSON. Write {"subject": …, "body": …, "button": …} for an e-mail, {"body": …} for an SMS.`,
    );
  }
}
