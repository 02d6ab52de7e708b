const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Web URLs, without the punctuation of the sentence that they end. Nothing else becomes a link. */
const WEB_URL = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/;

/** Splitting by a capturing group leaves the URLs at odd places. They open beside the inbox, which stays as it is. */
export const withLinks = (text: string): string =>
  text
    .split(WEB_URL)
    .map(escape)
    .map((part, i) => (i % 2 === 0 ? part : `<a href="${part}" target="_blank" rel="noopener noreferrer">${part}</a>`))
    .join('');
