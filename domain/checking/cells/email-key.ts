import { domainToASCII } from 'node:url';

/** A domain that goes over the wire as it is written. */
const PLAIN_DOMAIN = /^(?:[a-z\d-]+\.)+[a-z]+$/;

/**
 * What two spellings of one address have in common: lower case, and the domain as it goes over the wire
 * (`Zoë@MÜNCHEN.example` and `zoë@xn--mnchen-3ya.example` are one). Addresses are compared by it and stored as typed.
 */
export function emailKey(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at).toLowerCase();
  const onTheWire = PLAIN_DOMAIN.test(domain) ? domain : domainToASCII(domain) || domain;
  return address.slice(0, at).toLowerCase() + onTheWire;
}
