import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ConfigError } from './config';
import type { Config } from './config';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** What GCM is made for (NIST SP 800-38D, 5.2.1.1 and 5.2.1.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'sealed1';

/** Keeps secrets that are used again, so that a hash will not do. */
export interface SecretBox {
  /** Whether there is a key, without which nothing can be sealed. */
  readonly canSeal: boolean;
  /** Returns the secret in a form to be stored, `sealed1.KEY-ID.BASE64URL`. Only its owner opens it: one that is copied to another does not open. */
  seal(secret: string, owner: string): string;
  /** Returns what was sealed. Older builds stored secrets as they are, which come back so. Throws without its key, and if it was altered. */
  open(stored: string, owner: string): string;
  /** Whether it is sealed by the newest key. */
  isCurrent(stored: string): boolean;
}

/** Seals by the first key and opens by each of them, so that a key is replaced without a break. */
export function createSecretBox(keys: readonly Uint8Array[]): SecretBox {
  const known = new Map(keys.map((key) => [idOf(key), key]));
  const [current] = keys;
  const prefix = current && `${VERSION}.${idOf(current)}.`;
  return {
    canSeal: current !== undefined,

    seal(secret, owner) {
      if (!current || prefix === undefined) throw new Error('There is no key to seal a secret with: set SECRETS_KEY.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, current, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },

    open(stored, owner) {
      const [version, keyId = '', content = ''] = stored.split('.');
      if (version !== VERSION) return stored;
      const key = known.get(keyId);
      if (!key) throw new Error(`A stored secret needs the key ${keyId}, which is not among those of SECRETS_KEY.`);
      const bytes = Buffer.from(content, 'base64url');
      const [nonce, tag] = [
        bytes.subarray(0, NONCE_BYTES),
        bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
      ] as const;
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
      decipher.setAuthTag(tag);
      const opened = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    },

    isCurrent: (stored) => prefix !== undefined && stored.startsWith(prefix),
  };
}

/** Tells keys apart, and says nothing of them. */
const idOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** A new key as `SECRETS_KEY` has it. */
export const newSecretsKey = (): string => randomBytes(KEY_BYTES).toString('base64');

/** The box of the settings. Throws a `ConfigError` that names the setting. */
export function openSecretBox({ key = '' }: Config['secrets']): SecretBox {
  return createSecretBox(parseKeys(key));
}

function parseKeys(text: string): Buffer[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const keys = words.map((word) => Buffer.from(word, 'base64'));
  if (keys.every((key) => key.length === KEY_BYTES)) return keys;
  throw new ConfigError('SECRETS_KEY must hold keys of 32 bytes in base64, the newest first: openssl rand -base64 32.');
}
