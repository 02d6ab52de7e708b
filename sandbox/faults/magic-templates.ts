/** What becomes of a template by the end of its id, so that each answer of a provider can be seen without making one. */
export const MAGIC_TEMPLATES = {
  unknown: '404',
  /** The credentials may not read it. */
  forbidden: '403',
  /** SendGrid keeps it, and none of its versions is active. */
  inactive: '204',
  /** It asks for other variables than the product has, and shows no link. */
  otherVariables: '422',
} as const;
export type TemplateFate = keyof typeof MAGIC_TEMPLATES | 'usual';

export function fateOfTemplate(id: string): TemplateFate {
  const found = Object.entries(MAGIC_TEMPLATES).find(([, end]) => id.endsWith(end));
  return (found?.[0] as keyof typeof MAGIC_TEMPLATES | undefined) ?? 'usual';
}

/** The text that a template has. */
export const textOfTemplate = (fate: TemplateFate): string =>
  fate === 'otherVariables'
    ? 'Hello {{first_name}}, welcome.'
    : 'Hello {{firstName}} {{lastName}}, {{organisation}} invites you: {{link}}';
