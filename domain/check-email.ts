import isEmail from 'validator/lib/isEmail';
import { accept, refuse } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { emailKey } from './email-key';

export interface EmailAddress {
  /** As typed, without outer spaces. */
  address: string;
  key: string;
}

const MAX_LENGTH = 254;
/** A quoted local part ("a b"@example.com) is correct grammar, and no provider delivers to it. */
const GRAMMAR = { allow_utf8_local_part: false, blacklisted_chars: '"' };
/** The grammar lets some of these pass in a domain, where they vanish on the wire. */
const SPACES_AND_INVISIBLES = /[\s\p{C}]/u;

/** Grammar only: whether the address is free is known to `check-rows`. */
export function checkEmail(cell: string): CellVerdict<EmailAddress> {
  const address = cell.trim();
  if (address === '') return refuse(cell, 'email.missing');
  if (address.length > MAX_LENGTH || SPACES_AND_INVISIBLES.test(address) || !isEmail(address, GRAMMAR)) {
    return refuse(cell, 'email.invalid');
  }
  const key = emailKey(address);
  // The limits of length hold for what goes over the wire, where a domain in another script is longer.
  const isLonger = key.length > address.length;
  return isLonger && !isEmail(key, GRAMMAR) ? refuse(cell, 'email.invalid') : accept({ address, key }, address);
}
