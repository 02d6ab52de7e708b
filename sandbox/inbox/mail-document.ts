/**
 * The HTML of a received mail is foreign. It is shown in a frame that is sandboxed twice, by the frame and by this policy: it runs and
 * loads nothing, and its only way out is a link that a person clicks.
 */
const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';
export const FRAME_ATTRIBUTES = `sandbox="${SANDBOX}" referrerpolicy="no-referrer"`;
export const MAIL_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `sandbox ${SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** Links open beside the inbox: in the frame most pages would refuse to be shown. A mail is written for white paper. */
const HEAD = '<base target="_blank"><style>:root{color-scheme:light;background:#fff}</style>';

/** The mail as a document. Behind its doctype, so that it is laid out as it asks for. */
export const mailDocument = (html: string): string =>
  html.replace(/^\s*(?:<!doctype[^>]*>)?/i, (start) => start + HEAD);
