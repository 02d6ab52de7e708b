import isEmail from 'validator/lib/isEmail';
import { tidyCell } from '../../formula-guard';
import { emailKey, toAsciiDomain } from '../../person';
import { namesOfInvisible } from '../../problems/invisible';
import { accept, reject, unplaced } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { suggestAddress, suggestMailDomain } from './suggest-address';

export interface EmailAddress {
  /** As typed, without outer spaces. */
  address: string;
  key: string;
}

const MAX_LENGTH = 254;
const MAX_LOCAL_PART = 64;
const TOO_LONG_A_LABEL = /[^.]{64}/;
const GRAMMAR = {
  allow_utf8_local_part: false,
  // A quoted local part ("a b"@example.com) is valid, but no provider delivers to it.
  blacklisted_chars: '"',
  // `isShortEnough` limits the lengths on the wire, where a domain in another script is longer than it looks.
  ignore_max_length: true,
};
/** The grammar allows some of these in a domain, where they vanish on the wire. */
const SPACES_AND_INVISIBLES = /[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Allowed by the grammar, but left over from a guard, a list or a lost letter wherever it is met. */
const LEFT_OVER = /^['`*=#/|~^{}!$%&]|\?(?=.*@)/;

/** As nearly all addresses are: a part of what `isDeliverable` lets pass, told in a tenth of the time. */
export const PLAIN_ADDRESS = /^[a-z\d]+(?:[._-][a-z\d]+)*@(?:(?!xn--)[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i;

/** Grammar and likelihood only: `checkRows` sees whether the address is free. */
export function checkEmail(cell: string): CellVerdict<EmailAddress> {
  const address = tidyCell(cell);
  if (address === '') return reject(cell, { code: 'email.missing' });
  const parsed = parseEmail(address);
  if (!parsed) {
    const signs = namesOfInvisible(address);
    return reject(cell, unplaced('email.invalid', signs ? { signs } : undefined, suggestAddress(address, isAddress)));
  }

  const at = parsed.address.lastIndexOf('@') + 1;
  const domain = suggestMailDomain(parsed.address.slice(at));
  if (domain === undefined) return accept(parsed, address);
  const suggestion = parsed.address.slice(0, at) + domain;
  return accept(parsed, address, { code: 'email.domain-typo', details: { domain }, suggestion });
}

/** The address in a cell; `undefined` if mail cannot be sent to it. */
export function parseEmail(cell: string): EmailAddress | undefined {
  const address = tidyCell(cell);
  if (address.length > MAX_LENGTH || !(PLAIN_ADDRESS.test(address) || isDeliverable(address))) return undefined;
  const key = emailKey(address);
  return isShortEnough(key) ? { address, key } : undefined;
}

/** Whether mail can be sent to an address, but for its length. */
export const isDeliverable = (address: string): boolean =>
  !SPACES_AND_INVISIBLES.test(address) &&
  isEmail(address, GRAMMAR) &&
  !LEFT_OVER.test(address) &&
  toAsciiDomain(address) !== undefined;

/** The key of the address in a cell, by a quick look that also lets some invalid addresses pass. */
export function possibleEmailKey(cell: string): string | undefined {
  const address = tidyCell(cell);
  return address.includes('@') && address.length <= MAX_LENGTH ? emailKey(address) : undefined;
}

function isShortEnough(key: string): boolean {
  const at = key.lastIndexOf('@');
  return at <= MAX_LOCAL_PART && key.length <= MAX_LENGTH && !TOO_LONG_A_LABEL.test(key.slice(at + 1));
}

const isAddress = (text: string): boolean => parseEmail(text) !== undefined;
