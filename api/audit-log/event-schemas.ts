import { z } from 'zod';
import { instant } from '../schemas/common';

export const actor = z
  .object({
    kind: z.enum(['key', 'oidc', 'server', 'temporal', 'system']),
    id: z.string().meta({
      description:
        'Of the key; an opaque id of the person at the OpenID provider; a hash of the identity that Temporal was given.',
    }),
    name: z.string().nullable().meta({ description: 'The name of the key.' }),
    role: z.string().nullable(),
  })
  .meta({
    id: 'Actor',
    description:
      'Who did something. `temporal` is a message to the workflow of an import, `server` the command line on the server.',
  });
export const actorExample = {
  kind: 'key',
  id: '3c0f4a52-0d1c-4b8e-9a53-5f0b7c1d2e44',
  name: 'Front desk',
  role: 'support',
} as const;

const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .meta({ description: 'Further ids, hashes and numbers, such as the `line` of a row.' });
const status = z.int().nullable().meta({
  description:
    'HTTP status of the answer, or what it would have been; `null` if the process ended before it was known.',
});

/** One action of staff on an import. */
export const pastAction = z
  .object({
    at: instant,
    action: z.string().meta({
      description:
        'The operation, by its `operationId` in this document; or `terminateWorkflow` or `resetWorkflow`, which are done in Temporal alone, or `holdAfterRestore`, on the server alone.',
    }),
    by: actor,
    facts,
    status,
  })
  .meta({ id: 'PastAction', description: 'What somebody has done with an import.' });

export const pastActionExample: z.input<typeof pastAction> = {
  at: '2026-11-28T16:00:00.000Z',
  action: 'pauseImport',
  by: actorExample,
  facts: {},
  status: 200,
};

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** One entry of the audit log. */
export const auditEvent = z
  .object({
    id: z.string().meta({ description: 'Of the request.' }),
    organisation: z.string(),
    sequence: z.int().min(1).meta({ description: 'Counts the entries of the organisation.' }),
    at: instant,
    actor,
    network: z.string().nullable().meta({ description: 'Where from: the address without its last bits.' }),
    action: z.string().meta({
      description:
        'The operation, by its `operationId` in this document; or `terminateWorkflow` or `resetWorkflow`, which are done in Temporal alone, or `holdAfterRestore`, on the server alone.',
    }),
    targets: z.array(z.object({ kind: z.string(), id: z.string() })),
    facts,
    status,
    code: z.string().nullable().meta({ description: 'The code of the problem, if it was rejected.' }),
    previousHash: hash,
    hash: hash.meta({ description: 'SHA-256 of this entry without `hash`, as canonical JSON (RFC 8785).' }),
  })
  .meta({ id: 'AuditEvent', description: 'An entry of the audit log. Entries are never changed.' });

export const auditEventExample: z.input<typeof auditEvent> = {
  id: '0b1f6d0e-8d0e-4b3b-a6f5-0f1f6a1f7c21',
  organisation: 'harbour-wealth',
  sequence: 17,
  at: '2026-11-28T16:00:00.000Z',
  actor: actorExample,
  network: '192.0.2.0/24',
  action: 'pauseImport',
  targets: [{ kind: 'import', id: '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11' }],
  facts: {},
  status: 200,
  code: null,
  previousHash: '5d0c1b7f4a3e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a09f8e7d6',
  hash: '1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f00f',
};
