import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The URL to which the events of an account of SendGrid are posted. */
export interface Webhook {
  /** `null` for all accounts without a URL of their own. */
  account: string | null;
  url: string;
}

export interface WebhookRegistry {
  /** `null` as URL removes the entry. The change is on disk when it returns. */
  set(account: string | null, url: string | null): void;
  list(): Webhook[];
  urlFor(account: string): string | undefined;
}

/** A fingerprint that tells two API keys apart without revealing them. */
export const accountOfKey = (key: string): string => `key-${hash('sha256', key).slice(0, 8)}`;

/** Entries survive the process. `initial` is the URL for all accounts, and replaces the stored one. */
export function openWebhookRegistry(dataDir: string, initial: string | undefined): WebhookRegistry {
  const file = path.join(dataDir, 'webhooks.json');
  const stored = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Webhook[]) : [];
  const urls = new Map(stored.map(({ account, url }) => [account, url]));
  if (initial) urls.set(null, initial);
  const list = (): Webhook[] => [...urls].map(([account, url]) => ({ account, url }));
  return {
    set(account, url) {
      if (url === null) urls.delete(account);
      else urls.set(account, url);
      const draft = `${file}.new`;
      fs.writeFileSync(draft, JSON.stringify(list()));
      fs.renameSync(draft, file);
    },
    list,
    urlFor: (account) => urls.get(account) ?? urls.get(null),
  };
}
