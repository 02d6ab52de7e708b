import { setImmediate as turn } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import type { ZipEntry } from './zip-archive';

type Attributes = Readonly<Record<string, string>>;

/** Names come without the prefix of their namespace. */
export interface XmlHandlers {
  open: (name: string, attributes: Attributes, isSelfClosing: boolean) => void;
  close?: (name: string) => void;
  /** A piece of the text or CDATA inside of an element. Comments and entities can divide a text. */
  text?: (text: string) => void;
}

/**
 * Excel allows 32,767 characters in a cell, of which each can take six in XML. No tag that a program writes has a
 * thousand characters.
 */
const MAX_TEXT = 200_000;
const MAX_TAG = 10_000;

/** A text or a tag has more characters than any program writes. */
export class LongRunError extends Error {
  constructor(readonly maxCharacters: number) {
    super(`A text or tag has more than ${maxCharacters} characters`);
  }
}

/** Slips of XML that change neither elements nor attributes. Programs that write by hand make them, and readers let them pass. */
const HARMLESS =
  /(?:disallowed character|undefined entity|malformed character entity|disallowed in char data|at the start of the document)\.$/;
/** The parser makes an error for each. */
const MAX_HARMLESS = 1000;
/** Others get their turn after so many characters. */
const TURN_EVERY = 200_000;

/**
 * Reads a part of a workbook piece by piece. Throws where it is not well-formed. Throws as well for a document type: no
 * spreadsheet program declares one, only an attacker who wants to define entities.
 */
export async function readXml(part: ZipEntry, { open, close, text }: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  // Counted here, since the parser counts the last piece twice after it was written.
  let written = 0;
  let begin = 0;
  let isInRoot = false;
  const check = (end: number, max = MAX_TEXT): void => {
    if (isInRoot && end - begin > max) throw new LongRunError(max);
  };
  const pass = (max?: number): void => {
    const { position } = parser;
    check(position, max);
    begin = position;
  };
  const passText = (piece: string): void => {
    pass();
    text?.(piece);
  };

  let harmless = 0;
  parser.on('error', (error) => {
    if (!HARMLESS.test(error.message) || ++harmless > MAX_HARMLESS) throw error;
  });
  parser.on('doctype', () => {
    throw new Error('A document type is declared');
  });
  parser.on('opentagstart', () => {
    isInRoot = true;
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    pass(MAX_TAG);
    open(localName(name), attributes, isSelfClosing);
  });
  parser.on('closetag', ({ name }) => {
    pass();
    close?.(localName(name));
  });
  parser.on('text', passText);
  parser.on('cdata', passText);
  parser.on('comment', () => pass());
  parser.on('processinginstruction', () => pass());

  const decoder = new TextDecoder();
  let nextTurn = TURN_EVERY;
  for await (const chunk of part.read()) {
    const piece = decoder.decode(chunk, { stream: true });
    parser.write(piece);
    written += piece.length;
    check(written);
    if (written < nextTurn) continue;
    nextTurn = written + TURN_EVERY;
    await turn();
  }
  parser.write(decoder.decode()).close();
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The attribute of that local name. Throws where there are two, by different prefixes. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  let value: string | undefined;
  for (const key in attributes) {
    if (key !== name && !isPrefixed(key, name)) continue;
    if (value !== undefined) throw new Error(`There are two attributes ${name}`);
    value = attributes[key];
  }
  return value;
}

const isPrefixed = (key: string, name: string): boolean =>
  key.length > name.length && key.endsWith(`:${name}`) && !key.startsWith('xmlns:');

const LONGEST_INLINE = 12;

/** A copy of a text. V8 keeps the whole piece of XML in memory for a text that was cut out of it. */
export const ownCopy = (text: string): string => (text.length > LONGEST_INLINE ? Buffer.from(text).toString() : text);

const ESCAPED = /_x([\dA-Fa-f]{4})_/g;

/** The format writes characters that XML does not allow as `_x000D_`, and such a text itself as `_x005F_x000D_`. */
export const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text;
