import { newSecretsKey, openSecretBox } from '../../platform/secret-box';
import { createWebhookEndpoints } from '../../store/webhooks/endpoints';
import { SECRETS_KEY, uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;
const ORG = 'org';

describe('The secrets of webhooks', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  const create = async (): Promise<{ id: string; secret: string }> => {
    const id = uniqueName('endpoint-');
    const fields = { _id: id, organisationId: ORG, url: 'https://example.com/hook', description: '' };
    const { secrets } = await scratch.store.webhookEndpoints.create(fields);
    return { id, secret: secrets[0]!.secret };
  };
  const storedOf = async (id: string): Promise<string[]> =>
    (await scratch.collections.webhookEndpoints.findOne({ _id: id }))!.secrets.map(({ secret }) => secret);
  const openedOf = async (id: string, store = scratch.store.webhookEndpoints): Promise<string[]> =>
    (await store.find(id))!.secrets.map(({ secret }) => secret);

  test('are sealed in the database, also after a rotation, and opened to sign', async () => {
    const { id, secret } = await create();
    expect(secret).toMatch(/^whsec_/);
    const rotated = await scratch.store.webhookEndpoints.rotate(ORG, id, HOUR_MS);
    const [newest, older] = rotated!.secrets.map((one) => one.secret);
    expect(older).toBe(secret);
    expect(await openedOf(id)).toEqual([newest, older]);
    for (const stored of await storedOf(id)) expect(stored).toMatch(/^sealed1\./);
  });

  test('are sealed anew under a new key, and where an older build stored them as they are', async () => {
    const [sealed, plain] = [await create(), await create()];
    const { webhookEndpoints } = scratch.collections;
    await webhookEndpoints.updateOne({ _id: plain.id }, { $set: { secrets: [{ secret: plain.secret }] } });
    const newKey = newSecretsKey();
    const withBoth = openSecretBox({ key: `${newKey},${SECRETS_KEY}` });
    await createWebhookEndpoints(scratch.collections, withBoth).sealAll();
    const withNew = createWebhookEndpoints(scratch.collections, openSecretBox({ key: newKey }));
    for (const { id, secret } of [sealed, plain]) {
      expect((await storedOf(id))[0]).not.toContain(secret);
      expect(await openedOf(id, withNew)).toEqual([secret]);
    }
  });

  test('are not taken without a key, and nothing is stored', async () => {
    const without = createWebhookEndpoints(scratch.collections, openSecretBox({ key: undefined }));
    const fields = { _id: uniqueName('endpoint-'), organisationId: ORG, url: 'https://example.com', description: '' };
    await expect(without.create(fields)).rejects.toThrow('SECRETS_KEY');
    expect(await without.findIn(ORG, fields._id)).toBeNull();
  });
});
