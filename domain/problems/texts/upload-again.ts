/** What fixes say of a row in a file, in each language. */
const UPLOAD_AGAIN = /,? and upload the row again|, und laden Sie die Zeile noch einmal hoch/;

/** A fix for whoever has typed the row in, such as a correction in place: there is no file to upload again. */
export const withoutUpload = (fix: string): string => fix.replace(UPLOAD_AGAIN, '');
