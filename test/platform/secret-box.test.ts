import { randomBytes } from 'node:crypto';
import { createSecretBox, newSecretsKey, openSecretBox } from '../../platform/secret-box';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const SECRET = 'whsec_not-to-be-read';

describe('A secret that is stored', () => {
  test('is opened by its owner, looks different each time, and shows nothing of itself', () => {
    const box = createSecretBox([NEW]);
    const sealed = [1, 2].map(() => box.seal(SECRET, 'endpoint-1'));
    expect(sealed.map((one) => box.open(one, 'endpoint-1'))).toEqual([SECRET, SECRET]);
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed[0]).toMatch(/^sealed1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(Buffer.from(sealed[0]!.split('.')[2]!, 'base64url').toString()).not.toContain('whsec');
  });

  test('is opened by no other owner, by no other key, and not once it was altered', () => {
    const box = createSecretBox([NEW]);
    const sealed = box.seal(SECRET, 'endpoint-1');
    const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => box.open(sealed, 'endpoint-2')).toThrow();
    expect(() => box.open(altered, 'endpoint-1')).toThrow();
    expect(() => createSecretBox([OLD]).open(sealed, 'endpoint-1')).toThrow('SECRETS_KEY');
    expect(() => createSecretBox([]).open(sealed, 'endpoint-1')).toThrow('SECRETS_KEY');
  });

  test('is opened by an older key, while the newest one seals', () => {
    const before = createSecretBox([OLD]).seal(SECRET, 'endpoint-1');
    const box = createSecretBox([NEW, OLD]);
    expect(box.open(before, 'endpoint-1')).toBe(SECRET);
    expect([box.isCurrent(before), box.isCurrent(box.seal(SECRET, 'endpoint-1'))]).toEqual([false, true]);
  });

  test('comes back as it is where an older build has stored it so', () => {
    expect(createSecretBox([NEW]).open(SECRET, 'endpoint-1')).toBe(SECRET);
    expect(createSecretBox([NEW]).isCurrent(SECRET)).toBe(false);
  });

  test('cannot be sealed without a key', () => {
    const box = openSecretBox({ key: undefined });
    expect(box.canSeal).toBe(false);
    expect(() => box.seal(SECRET, 'endpoint-1')).toThrow('SECRETS_KEY');
  });
});

describe('The keys', () => {
  test('are several, the newest first, with spaces or commas between', () => {
    const keys = `${newSecretsKey()}\n${newSecretsKey()}\n`;
    const sealed = openSecretBox({ key: keys }).seal(SECRET, 'endpoint-1');
    const [first] = keys.split('\n');
    expect(openSecretBox({ key: first }).open(sealed, 'endpoint-1')).toBe(SECRET);
  });

  test.each(['too-short', `${newSecretsKey()},x`])('are not told in the message about a wrong one', (key) => {
    const open = () => openSecretBox({ key });
    expect(open).toThrow('SECRETS_KEY must hold keys of 32 bytes');
    expect(open).not.toThrow(key);
  });
});
