import { isPlaceholder } from './message-text';

/** What a template that a provider keeps asks for, and what that means for an invitation. */
export interface TemplateWarning {
  /** `no-link`: nobody can accept. `unknown-variable`: it stays empty, since no message has it. */
  code: 'no-link' | 'unknown-variable';
  /** The name of an unknown variable. */
  variable: string | null;
  message: string;
}

/** Words of the language of Handlebars, and helpers that SendGrid adds to it. */
const HELPERS: ReadonlySet<string> = new Set([
  ...['if', 'unless', 'each', 'else', 'with', 'this', 'as', 'root', 'true', 'false', 'null', 'undefined'],
  ...['insert', 'equals', 'notEquals', 'and', 'or', 'greaterThan', 'lessThan', 'length', 'formatDate'],
]);
/** SendGrid fills these in by itself. */
const FILLED_IN_BY_SENDGRID = /^(unsubscribe|unsubscribe_preferences|weblink|sender_\w+)$/i;

const EXPRESSION = /\{\{\{?([^{}]*)\}?\}\}/g;
const QUOTED = /"[^"]*"|'[^']*'/g;

/**
 * The variables that a Handlebars template asks for, each once. Ends of blocks, comments, partials, helpers and texts are none, and of a
 * path the first part counts.
 */
export function handlebarsVariables(template: string): string[] {
  const names = [...template.matchAll(EXPRESSION)].flatMap(([, expression = '']) => {
    const inner = expression.trim();
    if (/^[/!>]/.test(inner)) return [];
    const words = inner
      .replace(/^[#^&]/, '')
      .replace(QUOTED, ' ')
      .split(/[\s()=|]+/);
    return words.map((word) => word.replace(/^@root\./, '').split(/[./[]/)[0]!).filter(isVariable);
  });
  return [...new Set(names)];
}

const isVariable = (word: string): boolean =>
  /^[A-Za-z_]\w*$/.test(word) && !HELPERS.has(word) && !FILLED_IN_BY_SENDGRID.test(word);

/** The variables of Twilio content: `{{1}}` or `{{link}}` in any of its texts, each once. */
export const contentPlaceholders = (types: unknown): string[] => [
  ...new Set([...JSON.stringify(types ?? {}).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!)),
];

/** What an administrator has to know of a template before people get it. */
export function templateWarnings(variables: readonly string[]): TemplateWarning[] {
  const unknown = variables.filter((name) => !isPlaceholder(name));
  return [
    ...(variables.includes('link')
      ? []
      : [
          {
            code: 'no-link' as const,
            variable: null,
            message: 'The template does not show the variable link, so nobody can accept the invitation.',
          },
        ]),
    ...unknown.map((variable) => ({
      code: 'unknown-variable' as const,
      variable,
      message: `The template asks for the variable ${variable}, which no message has, so its place stays empty.`,
    })),
  ];
}
