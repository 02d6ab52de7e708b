import fs from 'node:fs';
import path from 'node:path';

/** Where the events of SendGrid's accounts are posted to. */
export interface Webhook {
  /** `null` for all accounts that have none of their own. */
  account: string | null;
  url: string;
}

export interface WebhookRegistry {
  /** `null` for the address takes it away. On disk when it returns. */
  set(account: string | null, url: string | null): void;
  list(): Webhook[];
  urlFor(account: string): string | undefined;
}

/** What was registered survives the process. `initial` counts for all accounts, over what was kept. */
export function openWebhookRegistry(dataDir: string, initial: string | undefined): WebhookRegistry {
  const file = path.join(dataDir, 'webhooks.json');
  const kept = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Webhook[]) : [];
  const urls = new Map(kept.map(({ account, url }) => [account, url]));
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
