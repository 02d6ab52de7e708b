import { plainValues } from './email-content';
import type { PlaceholderValues } from './message-text';

/**
 * What a template of a provider gets of a person, by the names of our placeholders. Handlebars escapes them for HTML itself.
 */
export const contentVariables = (values: PlaceholderValues): Readonly<Record<string, string>> => ({
  ...plainValues(values),
});
