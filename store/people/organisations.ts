import type { HeaderAliases } from '../../domain/reading/header/header-aliases';
import type { Collections, OrganisationDoc } from '../documents';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import type { OrganisationSettings } from '../organisation-settings';
import { WAKE_NOW, wakeWaitingFor } from '../imports/outbox';
import type { Mongo } from '../mongo';
import { touchTeam } from './team-changes';

interface TeamStatus {
  id: string;
  name: string;
  /** Whether at least one staff member of the team has accepted: before that its clients cannot be invited. */
  activeStaff: boolean;
}

export type OrganisationChange = Partial<OrganisationSettings & Pick<OrganisationDoc, 'name'>>;

/** Organisations and the status of their client teams. */
export function createOrganisations(
  {
    organisations,
    clientTeams,
    people,
    imports,
    rows,
  }: Pick<Collections, 'organisations' | 'clientTeams' | 'people' | 'imports' | 'rows'>,
  transaction: Mongo['transaction'],
) {
  return {
    /** Includes the defaults of undecided settings. */
    async find(organisationId: string): Promise<OrganisationDoc | null> {
      const organisation = await organisations.findOne({ _id: organisationId });
      return organisation && { ...DEFAULT_SETTINGS, ...organisation };
    },

    async teams(organisationId: string): Promise<TeamStatus[]> {
      const [teams, active] = await Promise.all([
        clientTeams.find({ organisationId }).sort({ nameKey: 1 }).toArray(),
        people.distinct('teamIds', { organisationId, kind: 'staff', active: true }),
      ]);
      const staffed = new Set(active);
      return teams.map(({ _id, name }) => ({ id: _id, name, activeStaff: staffed.has(_id) }));
    },

    /** Adds headings to those that the organisation has; each once, however often it is added. */
    async addHeaderAliases(organisationId: string, aliases: HeaderAliases): Promise<void> {
      const added = Object.entries(aliases).map(([key, headings]) => [`headerAliases.${key}`, { $each: headings }]);
      if (added.length > 0) {
        await organisations.updateOne({ _id: organisationId }, { $addToSet: Object.fromEntries(added) as object });
      }
    },

    /** Rows that a file may have; `null` for as many as the installation allows. Returns whether there is the organisation. */
    async setMaxRows(organisationId: string, maxRowsPerFile: number | null): Promise<boolean> {
      const change =
        maxRowsPerFile === null ? { $unset: { maxRowsPerFile: '' as const } } : { $set: { maxRowsPerFile } };
      return (await organisations.updateOne({ _id: organisationId }, change)).matchedCount > 0;
    },

    /** Changes the given fields. Returns false if the default team was removed meanwhile. */
    async change(organisationId: string, change: OrganisationChange): Promise<boolean> {
      if (Object.keys(change).length === 0) return true;
      let done = false;
      await transaction(async (session) => {
        done = false;
        const { defaultTeamId } = change;
        if (defaultTeamId && !(await touchTeam({ clientTeams }, organisationId, defaultTeamId, session))) return;
        await organisations.updateOne({ _id: organisationId }, { $set: change }, { session });
        if (change.waitingDays !== undefined) {
          // The new number of days also applies to rows that wait already.
          const teamIds = await clientTeams.distinct('_id', { organisationId }, { session });
          await wakeWaitingFor({ imports, rows }, organisationId, teamIds, session);
        }
        if (change.quietHours !== undefined) {
          // What waits for the end of the former hours is looked at again.
          const version = { $add: [{ $ifNull: ['$schedule.version', 0] }, 1] };
          await imports.updateMany(
            { checkAt: { $exists: true }, organisationId, status: 'scheduled' },
            [{ $set: { ...WAKE_NOW, schedule: { $mergeObjects: ['$schedule', { version }] } } }],
            { session, hint: { checkAt: 1 } },
          );
        }
        if (change.reminders !== undefined || change.channels !== undefined) {
          // Reminders that could not become due may be due now.
          const planned = { organisationId, plannedAt: { $exists: true } };
          await imports.updateMany(planned, { $currentDate: { remindAt: true } }, { session });
        }
        done = true;
      });
      return done;
    },
  };
}
