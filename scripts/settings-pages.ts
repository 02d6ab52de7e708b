import { SECTIONS } from '../platform/settings/schema';
import { notesOf } from '../platform/settings/notes';
import { fileSettingOf } from '../platform/settings/secret-files';
import { AROUND } from './settings-around';

const HEAD = `# Every setting with its default; npm run docs:settings writes this file. Copy it to .env and uncomment what you change; as it
# stands it changes nothing. A blank setting counts as none. Put a value with "$" or "#" in single quotes.
# \`npm start\` and docker-compose.yml read .env by themselves; a single program does by: node --env-file=.env dist/api/main.js
# A secret may also be in a file: NAME_FILE names the file that holds NAME.
`;

/** Breaks a comment into lines of at most 130 characters. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 129) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

/** `.env.example`: each setting as a comment, under what it does. */
export function renderEnvExample(): string {
  const own = SECTIONS.map(({ title, usedBy, settings }) => [
    `# --- ${title} (${usedBy})`,
    '',
    ...Object.entries(settings).flatMap(([name, field]) => {
      const { description, fallback = '' } = notesOf(field);
      return [...comment(description), `#${name}=${fallback}`];
    }),
    '',
  ]);
  const around = AROUND.map(({ title, settings }) => [
    `# --- ${title}`,
    '',
    ...settings.flatMap(([name, description, fallback = '']) => [...comment(description), `#${name}=${fallback}`]),
    '',
  ]);
  return [
    HEAD,
    ...own.flat(),
    '# === Not settings of the programs, but of how they are run ===',
    '',
    ...around.flat(),
  ].join('\n');
}

/** `docs/settings.md`: a table for each group. */
export function renderSettingsPage(): string {
  const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/</g, '&lt;');
  const code = (text: string): string => (text === '' ? '' : `\`${text}\``);
  const own = SECTIONS.flatMap(({ title, usedBy, settings }) => [
    `## ${title}`,
    '',
    `Used by: ${usedBy}.`,
    '',
    '| setting | default | what it sets |',
    '| --- | --- | --- |',
    ...Object.entries(settings).map(([name, field]) => {
      const { description, fallback = '', secret } = notesOf(field);
      const ways = secret ? ` Secret; or ${code(fileSettingOf(name))}.` : '';
      return `| ${code(name)} | ${code(fallback)} | ${cell(description)}${ways} |`;
    }),
    '',
  ]);
  const around = AROUND.flatMap(({ title, settings }) => [
    `## ${title}`,
    '',
    '| variable | default | what it sets |',
    '| --- | --- | --- |',
    ...settings.map(
      ([name, description, fallback = '']) => `| ${code(name)} | ${code(fallback)} | ${cell(description)} |`,
    ),
    '',
  ]);
  return [
    '# Settings',
    '',
    'Every setting is an environment variable. This page and `.env.example` are written by `npm run docs:settings` from',
    '`platform/settings/schema.ts`. A program with invalid settings does not start, and lists all of them at once, without values.',
    '`node dist/api/main.js --print-config` prints the settings that it has, without secrets.',
    '',
    'A **secret** may be in a file, as orchestrators mount them: `NAME_FILE` names the file that holds `NAME`; white space around it is',
    'left out. Setting both is an error.',
    '',
    ...own,
    ...around,
  ].join('\n');
}
