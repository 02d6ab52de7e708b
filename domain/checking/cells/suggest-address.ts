import { completeMailDomain } from './suggest-mail-domain';

/** In a longer text there is more to be put right than one slip. */
const LONGEST_MENDED = 400;
/** The address of somebody with a name in front of it, as mail programs copy it. */
const IN_ANGLE_BRACKETS = /<([^<>]*)>[^<>]*$/;
const BEFORE = /^(?:mailto:|[\s"'<(,;:]+)/i;
const AFTER = /[\s"'>),;:.]+$/;
const SPACES_AT_JOINTS = /\s*([@.])\s*/g;
const INVISIBLE = /\p{Cf}/gu;

/**
 * The address that is probably meant by a text that is none: without what was copied along with it, and with the usual
 * slips of the hand around the @ and the dots put right. Never more than a suggestion.
 */
export function suggestAddress(text: string, isAddress: (text: string) => boolean): string | undefined {
  if (text.length > LONGEST_MENDED) return undefined;
  const bare = (IN_ANGLE_BRACKETS.exec(text)?.[1] ?? text).normalize('NFKC').replace(INVISIBLE, '');
  const mended = bare
    .replace(BEFORE, '')
    .replace(AFTER, '')
    .replace(SPACES_AT_JOINTS, '$1')
    .replace(/\.{2,}/g, '.');
  const at = mended.lastIndexOf('@') + 1;
  if (at === 0) return undefined;
  const domain = completeMailDomain(mended.slice(at).replace(/\s*,\s*/g, '.'));
  const address = mended.slice(0, at) + domain;
  return address !== text && isAddress(address) ? address : undefined;
}
