import type { AuditEntry, Target } from '../../domain/audit-log/entry';
import { readTogether } from '../../platform/read-together';
import type { Collections, ImportDoc } from '../documents';
import { toEntry } from './audit-documents';
import type { AuditEntryDoc } from './audit-documents';

/** Nobody reads more of one import; the audit log itself has all. */
const MOST_ENTRIES = 100;

/** The operations that make imports. */
const CREATES_IMPORTS = ['uploadFiles', 'inviteClient', 'inviteStaffMember', 'createTeam', 'createScimUser'];

type Watched = Pick<ImportDoc, '_id' | 'organisationId' | 'batchId'>;

/** What those who watch an import are shown of the audit log. */
export function createImportHistories({ auditEntries }: Pick<Collections, 'auditEntries'>) {
  /** Compared field by field, in this order. */
  const targetsOf = ({ _id, batchId }: Watched): Target[] => [
    { kind: 'import', id: _id },
    { kind: 'batch', id: batchId },
  ];

  const find = (organisationId: string, imports: readonly Watched[]): Promise<AuditEntryDoc[]> =>
    auditEntries
      .find({ organisationId, targets: { $in: uniqueTargets(imports.flatMap(targetsOf)) } })
      .sort({ sequence: -1 })
      .limit(MOST_ENTRIES)
      .toArray();

  async function findOfOrganisation(organisationId: string, imports: readonly Watched[]): Promise<AuditEntryDoc[][]> {
    const found = await find(organisationId, imports);
    // A busy import among them may have taken all the places: then each is asked for by itself.
    if (found.length === MOST_ENTRIES && imports.length > 1)
      return Promise.all(imports.map((watched) => find(organisationId, [watched])));
    return imports.map((watched) => {
      const own = new Set(targetsOf(watched).map(({ id }) => id));
      return found.filter(({ targets }) => targets.some(({ id }) => own.has(id)));
    });
  }

  const histories = readTogether(async (imports: readonly Watched[]): Promise<AuditEntry[][]> => {
    const found = new Map<Watched, AuditEntry[]>();
    const organisations = [...new Set(imports.map(({ organisationId }) => organisationId))];
    await Promise.all(
      organisations.map(async (organisationId) => {
        const own = imports.filter((watched) => watched.organisationId === organisationId);
        const entries = await findOfOrganisation(organisationId, own);
        own.forEach((watched, i) => found.set(watched, entries[i]!.map(toEntry)));
      }),
    );
    return imports.map((watched) => found.get(watched)!);
  });

  return {
    /** The newest entries about an import and about its batch, the newest first. */
    find: histories,

    /** Who has uploaded these imports, or invited their one person, by id. Those of before the audit log are missing. */
    async creators(organisationId: string, importIds: readonly string[]): Promise<Map<string, AuditEntry['actor']>> {
      if (importIds.length === 0) return new Map();
      const targets = importIds.map((id): Target => ({ kind: 'import', id }));
      const found = await auditEntries
        .find({ organisationId, targets: { $in: targets }, action: { $in: CREATES_IMPORTS } })
        .sort({ sequence: -1 })
        .project<Pick<AuditEntryDoc, 'actor' | 'targets'>>({ actor: 1, targets: 1 })
        .toArray();
      // The oldest entry comes last: an upload that was repeated has several.
      return new Map(found.flatMap(({ actor, targets: of }) => of.map(({ id }) => [id, actor] as const)));
    },
  };
}

const uniqueTargets = (targets: readonly Target[]): Target[] => [
  ...new Map(targets.map((target) => [target.id, target])).values(),
];
