import { SECTIONS } from './schema';
import { notesOf } from './notes';
import { fileSettingOf } from './secret-files';

type Environment = Record<string, string | undefined>;

/** Settings of Temporal's client, which `@temporalio/envconfig` reads; those that hold a key are not printed. */
const OF_TEMPORAL = /^TEMPORAL_(ADDRESS|NAMESPACE|PROFILE|CONFIG_FILE|API_KEY|API_KEY_FILE|TLS\w*)$/;
const SECRET_OF_TEMPORAL = /KEY$|_DATA$/;

/**
 * The settings that a program has with this environment, one a line as `.env` has them: what is set, and the defaults as comments. No
 * secret is in it, neither of a setting nor in an address.
 */
export function printConfig(environment: Environment): string {
  const lines = SECTIONS.flatMap(({ title, settings }) => [
    `# ${title}`,
    ...Object.entries(settings).map(([name, field]) => {
      const { secret, fallback = '' } = notesOf(field);
      const file = secret && environment[fileSettingOf(name)];
      if (file) return `${fileSettingOf(name)}=${file}`;
      const value = environment[name];
      if (!value) return `#${name}=${fallback}`;
      return `${name}=${secret ? '[redacted]' : withoutCredentials(value)}`;
    }),
  ]);
  const temporal = Object.entries(environment)
    .filter(([name, value]) => OF_TEMPORAL.test(name) && value !== undefined)
    .map(([name, value]) => `${name}=${SECRET_OF_TEMPORAL.test(name) ? '[redacted]' : value}`)
    .sort();
  return `${[...lines, '# Temporal', ...temporal].join('\n')}\n`;
}

/** `https://user:password@host` and `?key=…` of an address. */
const withoutCredentials = (value: string): string =>
  value
    .replace(/\/\/[^/@]*@/, '//[redacted]@')
    .replace(/([?&][^=&]*(?:key|token|secret|password)[^=&]*=)[^&]*/gi, '$1[redacted]');
