import { quietHoursOf } from '../../domain/sending-times/quiet-hours';
import type { Channel } from '../../contract/invitation';
import { REPORT_SETTINGS } from '../../contract/sending/failover';
import type { OrganisationChange } from '../../store/people/organisations';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { HttpProblem, notFound } from '../http/http-problem';
import { fieldOfBody } from '../problem-types/invalid-field';
import { reply, route } from '../routing/route';
import type { Input, Route } from '../routing/route';
import { textOf } from '../schedules/schedule-fields';
import { changeOrganisation, getOrganisation } from './organisation-routes';
import { fileLimitsOf } from '../limits/file-limits';
import { findTeam, unknownTeam } from './teams';

const inDefaultTeam = (reason: Parameters<typeof fieldOfBody>[1]) => fieldOfBody(['defaultTeam'], reason);

const REPORTED_BY = { email: 'sendgrid', sms: 'twilio' } as const;

/** The settings of an organisation, and the limits of the installation. */
export function createOrganisationRoutes({
  store,
  config,
  outbox,
  webhooks,
}: Pick<AppDeps, 'store' | 'config' | 'outbox' | 'webhooks'>): Route[] {
  const takesReports = (channel: Channel): boolean => webhooks[REPORTED_BY[channel]] !== undefined;

  /** Without reports nothing is ever known to be delivered, and everybody would be sent the second message as well. */
  function requireReports(first: Channel): void {
    if (takesReports(first)) return;
    const detail =
      `This installation gets no delivery reports of ${first === 'email' ? 'e-mails' : 'SMS'}, so the other channel would always ` +
      `follow. Whoever runs it has to set ${REPORT_SETTINGS[first]} first.`;
    const code = 'no-delivery-reports';
    throw new HttpProblem(400, code, detail, { errors: [fieldOfBody(['failover', 'first'], { code, detail })] });
  }

  async function answer(organisationId: string) {
    const organisation = await store.organisations.find(organisationId);
    if (!organisation) throw notFound('organisation', organisationId);
    const { _id, defaultTeamId, name, defaultCountry, channels, strict, waitingDays, invitationDays } = organisation;
    const limits = fileLimitsOf(organisation, config);
    const team = defaultTeamId === null ? null : await store.teams.find(organisationId, defaultTeamId);
    return reply(200, {
      id: _id,
      name,
      defaultCountry,
      defaultTeam: team && { id: team.id, name: team.name },
      channels,
      failover: organisation.failover,
      deliveryReports: { email: takesReports('email'), sms: takesReports('sms') },
      strict,
      waitingDays,
      invitationDays,
      reminders: organisation.reminders,
      quietHours: {
        sms: quietHoursOf(organisation, 'sms', config.quietHours),
        email: quietHoursOf(organisation, 'email', config.quietHours),
      },
      sending: {
        at: organisation.sending?.at ?? null,
        spread: organisation.sending?.spread ? textOf(organisation.sending.spread) : null,
      },
      headerAliases: organisation.headerAliases,
      notify: organisation.notify ?? null,
      language: organisation.language,
      senderName: organisation.senderName,
      replyTo: organisation.replyTo,
      smsPrice: organisation.smsPrice ?? null,
      limits: {
        rowsPerFile: limits.rows,
        bytesPerFile: limits.bytes,
        filesPerUpload: config.upload.maxFiles,
      },
    });
  }

  async function changeSettings(
    organisationId: string,
    { defaultTeam, ...settings }: Input<typeof changeOrganisation>['body'],
  ): Promise<void> {
    const change: OrganisationChange = { ...settings };
    if (settings.failover) requireReports(settings.failover.first);
    if (typeof defaultTeam === 'string') {
      change.defaultTeamId = await findTeam(store, organisationId, defaultTeam, inDefaultTeam);
    } else if (defaultTeam === null) {
      change.defaultTeamId = null;
    }
    if (!(await store.organisations.change(organisationId, change)))
      throw unknownTeam(defaultTeam ?? '', inDefaultTeam);
    outbox.poke();
  }

  return [
    route(getOrganisation, (_input, request) => answer(callerOf(request).organisationId)),
    route(changeOrganisation, async ({ body }, request) => {
      const { organisationId } = callerOf(request);
      await changeSettings(organisationId, body);
      return answer(organisationId);
    }),
  ];
}
