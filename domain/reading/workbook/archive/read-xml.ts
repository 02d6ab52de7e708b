import { setImmediate as turn } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import { encodingCalled, UTF_16_BE, UTF_16_LE, UTF_8 } from '../../encoding/encodings';
import type { ZipEntry } from './zip-archive';

export type Attributes = Readonly<Record<string, string>>;

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

  let decoder: ReturnType<typeof decoderFor> | undefined;
  let nextTurn = TURN_EVERY;
  for await (const chunk of part.read()) {
    decoder ??= decoderFor(chunk);
    const piece = decoder.write(chunk);
    parser.write(piece);
    written += piece.length;
    check(written);
    if (written < nextTurn) continue;
    nextTurn = written + TURN_EVERY;
    await turn();
  }
  parser.write(decoder?.end() ?? '').close();
}

const DECLARED_ENCODING = /^<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']/;
const LONGEST_DECLARATION = 200;

/** By the beginning or the declaration of a part; UTF-8 without either. Throws where the encoding is not known. */
function decoderFor(begin: Buffer): iconv.DecoderStream {
  const [first, second] = begin;
  if (first === 0xff || second === 0) return iconv.getDecoder(UTF_16_LE);
  if (first === 0xfe || first === 0) return iconv.getDecoder(UTF_16_BE);
  const declared = DECLARED_ENCODING.exec(begin.subarray(0, LONGEST_DECLARATION).toString('latin1'))?.[1] ?? UTF_8;
  const encoding = encodingCalled(declared);
  if (encoding === undefined) throw new Error(`The encoding ${declared} is not known`);
  // A part that says in single bytes that it is UTF-16 was a text in memory once, and is not.
  return iconv.getDecoder(encoding === UTF_16_LE || encoding === UTF_16_BE ? UTF_8 : encoding);
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
