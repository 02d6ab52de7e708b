import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const KEY_FILE = 'webhook-key';

/** The key that signs the events of SendGrid. */
export interface WebhookKey {
  /** As SendGrid shows it: base64 of DER, SPKI. */
  publicKey: string;
  /** ECDSA on P-256 over SHA-256, base64 of DER. */
  sign(text: string): string;
}

/**
 * Opens `configured` (base64 of DER, PKCS #8), or else the key of the data folder, which is created the first time.
 * Throws if the key is invalid.
 */
export function openWebhookKey(dataDir: string, configured: string | undefined): WebhookKey {
  const privateKey = parsePrivateKey(configured || readOrCreateKey(dataDir));
  if (privateKey?.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    const place = configured ? 'SANDBOX_WEBHOOK_KEY' : path.join(dataDir, KEY_FILE);
    throw new Error(`${place} is not a valid private key for ECDSA on P-256, as base64 of DER in PKCS #8.`);
  }
  return {
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (payload) => sign('sha256', Buffer.from(payload), privateKey).toString('base64'),
  };
}

function readOrCreateKey(dataDir: string): string {
  const file = path.join(dataDir, KEY_FILE);
  if (!fs.existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    fs.mkdirSync(dataDir, { recursive: true });
    fs.writeFileSync(file, der.toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return fs.readFileSync(file, 'utf8');
}

function parsePrivateKey(text: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });
  } catch {
    return undefined;
  }
}
