import type { ApiKeyDoc } from '../../store/key-documents';
import { createKeySecret } from '../../store/access/api-keys';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { conflict, notFound } from '../http/http-problem';
import { cutPage, pageReply } from '../routing/page';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { createKey, getCaller, getKey, listKeys, revokeKey, rotateKey } from './key-routes';
import type { KeyView } from './key-routes';

const HOUR_MS = 3_600_000;

/** The keys of an organisation, and who the caller is. */
export function createKeysRoutes({ store: { apiKeys }, linkBase }: Pick<AppDeps, 'store' | 'linkBase'>): Route[] {
  return [
    route(getCaller, async (_input, request) => {
      const { organisationId: organisation, rights, expiresAt, ...caller } = callerOf(request);
      return reply(200, { ...caller, organisation, rights: [...rights], expiresAt: expiresAt?.toISOString() ?? null });
    }),

    route(createKey, async ({ body }, request) => {
      const secret = createKeySecret();
      const key = await apiKeys.create({ organisationId: callerOf(request).organisationId, ...body }, secret);
      if (!key) throw nameTaken(body.name);
      return reply(201, { ...keyView(key), secret }, { Location: `/v1/keys/${key._id}` });
    }),

    route(listKeys, async ({ query: { limit, after } }, request) => {
      const found = await apiKeys.list({ organisationId: callerOf(request).organisationId, limit: limit + 1, after });
      const { data, next } = cutPage(found, limit, ({ _id }) => _id);
      return pageReply(request, linkBase, { data: data.map(keyView), next });
    }),

    route(getKey, async ({ params: { id } }, request) => {
      const key = await apiKeys.findIn(callerOf(request).organisationId, id);
      if (!key) throw notFound('key', id);
      return reply(200, keyView(key));
    }),

    route(rotateKey, async ({ params: { id }, body: { overlapHours, expiresAt } }, request) => {
      const secret = createKeySecret();
      const rotation = { secret, overlapMs: overlapHours * HOUR_MS, expiresAt };
      const key = await apiKeys.rotate(callerOf(request).organisationId, id, rotation);
      if (key === 'unknown') throw notFound('key', id);
      if (typeof key === 'string') throw notRotated(key);
      return reply(200, { ...keyView(key), secret });
    }),

    route(revokeKey, async ({ params: { id } }, request) => {
      const key = await apiKeys.revoke(callerOf(request).organisationId, id);
      if (!key) throw notFound('key', id);
      return reply(200, keyView(key));
    }),
  ];
}

function keyView({ _id: id, name, role, rights, createdAt, expiresAt, revokedAt, secrets }: ApiKeyDoc): KeyView {
  const uses = secrets.flatMap(({ lastUsedAt }) => lastUsedAt?.getTime() ?? []);
  return {
    ...{ id, name, role, rights, createdAt: createdAt.toISOString() },
    ...{ expiresAt: isoOf(expiresAt), revokedAt: isoOf(revokedAt) },
    lastUsedAt: uses.length > 0 ? new Date(Math.max(...uses)).toISOString() : null,
    secrets: secrets.map((secret) => ({
      createdAt: secret.createdAt.toISOString(),
      expiresAt: isoOf(secret.expiresAt),
      lastUsedAt: isoOf(secret.lastUsedAt),
    })),
  };
}

const isoOf = (time: Date | undefined): string | null => time?.toISOString() ?? null;

const nameTaken = (name: string) =>
  conflict(
    'key-name-taken',
    `A key "${name}" exists already; upper and lower case make no difference. Choose another name, or revoke that key first.`,
  );

function notRotated(reason: 'revoked' | 'expired' | 'too-many-secrets') {
  switch (reason) {
    case 'revoked':
      return conflict('key-revoked', 'This key was revoked, which is for good. Create another key.');
    case 'expired':
      return conflict('key-expired', 'This key has expired. Rotate it with a new "expiresAt", or null for no end.');
    case 'too-many-secrets':
      return conflict(
        'key-has-too-many-secrets',
        'Ten secrets of this key still work. Rotate it with "overlapHours": 0, which ends all earlier ones.',
      );
  }
}
