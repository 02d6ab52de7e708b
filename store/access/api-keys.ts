import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Right, Role } from '../../contract/access/roles';
import { isPast, isUsable, MOST_SECRETS, rotateSecrets } from '../../domain/access/key-secrets';
import type { Collections } from '../documents';
import { isDuplicateKey } from '../duplicates';
import type { ApiKeyDoc, KeySecret } from '../key-documents';
import { endOfPageBefore, NEWEST_FIRST, olderThan } from '../paging';
import { createKeyLookup } from './key-lookup';

/** 24 random bytes, which nobody guesses. The prefix lets scanners of leaked secrets find it, and hex is selected by a double click. */
export const createKeySecret = (): string => `ci_${randomBytes(24).toString('hex')}`;

/** Secrets are random and long, so one round of SHA-256 is enough to make the stored form useless to a reader. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The last use of a secret is written at most so often. */
const USE_EVERY_MS = 60_000;

export interface NewKey {
  organisationId: string;
  name: string;
  role: Role;
  rights?: Right[];
  /** Absent for a key without an end. */
  expiresAt?: Date | undefined;
}

interface Rotation {
  secret: string;
  overlapMs: number;
  /** A new end of the key; absent to keep its own, `null` for none. */
  expiresAt?: Date | null | undefined;
}

/** A key that is valid, with the secret by which it was found. */
export interface UsableKey {
  key: ApiKeyDoc;
  secret: KeySecret;
}

export const newKeyDoc = (
  { organisationId, name, role, rights = [], expiresAt }: NewKey,
  secret: string,
): ApiKeyDoc => {
  const createdAt = new Date();
  return {
    _id: randomUUID(),
    organisationId,
    name,
    nameKey: name.toLowerCase(),
    role,
    rights,
    createdAt,
    ...(expiresAt && { expiresAt }),
    secrets: [{ hash: hashOfSecret(secret), createdAt }],
  };
};

export function createApiKeys({ apiKeys, olderApiKeys }: Pick<Collections, 'apiKeys' | 'olderApiKeys'>) {
  const findIn = (organisationId: string, id: string): Promise<ApiKeyDoc | null> =>
    apiKeys.findOne({ _id: id, organisationId });

  const lookup = createKeyLookup({ apiKeys });

  async function findByHash(hash: string, now = new Date()): Promise<UsableKey | null> {
    const key = await lookup.find(hash);
    const found = key?.secrets.find((one) => one.hash === hash);
    return key && found && isUsable(key, found, now) ? { key, secret: found } : null;
  }

  return {
    /** Finds the key with this secret, if both are valid now. */
    find: (secret: string, now = new Date()): Promise<UsableKey | null> => findByHash(hashOfSecret(secret), now),

    findByHash,

    /** Writes that the secret was used, unless that was written within the last minute. */
    async noteUse({ key, secret }: UsableKey, now = new Date()): Promise<void> {
      const due = new Date(now.getTime() - USE_EVERY_MS);
      const { hash, lastUsedAt } = secret;
      if (lastUsedAt && lastUsedAt > due) return;
      secret.lastUsedAt = now;
      // Of many requests at once, in all processes, one writes.
      const isDue = { $or: [{ lastUsedAt: { $exists: false } }, { lastUsedAt: { $lte: due } }] };
      await apiKeys.updateOne(
        { _id: key._id, secrets: { $elemMatch: { hash, ...isDue } } },
        { $set: { 'secrets.$.lastUsedAt': now } },
      );
    },

    /** Of these hashes of secrets, those that are not valid any more. */
    async ended(hashes: readonly string[], now = new Date()): Promise<string[]> {
      const keys = await apiKeys.find({ 'secrets.hash': { $in: [...hashes] } }).toArray();
      const usable = new Set(
        keys.flatMap((key) => key.secrets.filter((secret) => isUsable(key, secret, now)).map((secret) => secret.hash)),
      );
      return hashes.filter((hash) => !usable.has(hash));
    },

    findIn,

    /** The keys of an organisation, the newest first, after the key `after`. Throws an `UnknownCursorError` if there is none. */
    async list({
      organisationId,
      limit,
      after,
    }: {
      organisationId: string;
      limit: number;
      after?: string | undefined;
    }): Promise<ApiKeyDoc[]> {
      const last = await endOfPageBefore(after, (id) => findIn(organisationId, id));
      return apiKeys
        .find({ organisationId, ...(last && olderThan(last)) })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .toArray();
    },

    /** Returns `null` if a key that is not revoked has the name. */
    async create(key: NewKey, secret: string): Promise<ApiKeyDoc | null> {
      const document = newKeyDoc(key, secret);
      try {
        await apiKeys.insertOne(document);
        return document;
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },

    /** Gives a key another secret; those before it work until the end of the overlap. */
    async rotate(
      organisationId: string,
      id: string,
      { secret, overlapMs, expiresAt }: Rotation,
    ): Promise<ApiKeyDoc | 'unknown' | 'revoked' | 'expired' | 'too-many-secrets'> {
      for (;;) {
        const key = await findIn(organisationId, id);
        if (!key) return 'unknown';
        if (key.revokedAt) return 'revoked';
        const now = new Date();
        const end = expiresAt === undefined ? key.expiresAt : (expiresAt ?? undefined);
        if (isPast(end, now)) return 'expired';
        const fresh = { hash: hashOfSecret(secret), createdAt: now };
        const secrets = rotateSecrets(key.secrets, fresh, { overlapMs, keyExpiresAt: key.expiresAt });
        if (secrets.length > MOST_SECRETS) return 'too-many-secrets';
        const before = key.secrets.map(({ hash }) => hash);
        const rotated = await apiKeys.findOneAndUpdate(
          {
            _id: id,
            revokedAt: { $exists: false },
            secrets: { $size: before.length },
            [`secrets.${before.length - 1}.hash`]: before.at(-1)!,
          },
          { $set: { secrets, ...(end && { expiresAt: end }) }, ...(!end && { $unset: { expiresAt: '' } }) },
          { returnDocument: 'after' },
        );
        if (!rotated) continue;
        lookup.forget();
        return rotated;
      }
    },

    /** Ends a key for good, with all its secrets. Idempotent. Returns `null` for an unknown key. */
    async revoke(organisationId: string, id: string): Promise<ApiKeyDoc | null> {
      await apiKeys.updateOne(
        { _id: id, organisationId, revokedAt: { $exists: false } },
        { $currentDate: { revokedAt: true }, $unset: { nameKey: '' } },
      );
      lookup.forget();
      const key = await findIn(organisationId, id);
      // An older build that is still at work reads that collection.
      if (key) await olderApiKeys.deleteMany({ _id: { $in: key.secrets.map(({ hash }) => hash) } });
      return key;
    },

    /** Adds a key with a secret from outside, or gives a known one this role. A revoked one stays so. */
    async save(secret: string, organisationId: string, role: Role): Promise<void> {
      await save({ apiKeys }, { organisationId, role, createdAt: new Date(), hash: hashOfSecret(secret) });
      lookup.forget();
    },
  };
}

/** Takes over the keys of an older build, which seeds them without names. Idempotent. */
export async function adoptOlderKeys({
  apiKeys,
  olderApiKeys,
}: Pick<Collections, 'apiKeys' | 'olderApiKeys'>): Promise<void> {
  for await (const { _id: hash, ...key } of olderApiKeys.find()) await save({ apiKeys }, { ...key, hash });
}

async function save(
  { apiKeys }: Pick<Collections, 'apiKeys'>,
  {
    organisationId,
    role,
    createdAt,
    hash,
  }: Pick<ApiKeyDoc, 'organisationId' | 'role' | 'createdAt'> & { hash: string },
): Promise<void> {
  const _id = randomUUID();
  const insertAs = (name: string): Promise<unknown> =>
    apiKeys.updateOne(
      { secrets: { $elemMatch: { hash } } },
      {
        $set: { organisationId, role },
        $setOnInsert: {
          ...{ _id, name, nameKey: name.toLowerCase(), rights: [], createdAt },
          secrets: [{ hash, createdAt }],
        },
      },
      { upsert: true },
    );
  const name = NAMES[role];
  await insertAs(name).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
    return insertAs(`${name} ${_id.slice(0, 8)}`);
  });
}

/** Of keys that nobody has named, for people. */
const NAMES: Readonly<Record<Role, string>> = {
  systemAdministrator: 'System administrator',
  userAdministrator: 'User administrator',
  support: 'Support',
};
