import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import { fieldErrorsOf } from '../../api/field-errors';
import { loadTeams } from '../../api/load-teams';
import { useLoad } from '../../api/use-load';
import { FormField } from '../../components/form-field';
import { Failure, Loading } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { FailoverField } from './failover-field';
import { HeaderAliases } from './header-aliases';
import { QuietHoursFields } from './quiet-hours';
import { NoticeField } from './notice-field';
import { SenderFields } from './sender-fields';
import type { Sender } from './sender-fields';
import { SmsPriceField } from './sms-price';
import { SendingDefaultFields } from './sending-default';

type Organisation = Schemas['Organisation'];
type Settings = Pick<
  Organisation,
  | ('name' | 'channels' | 'strict' | 'waitingDays' | 'invitationDays' | 'reminders')
  | ('quietHours' | 'headerAliases' | 'notify' | 'failover' | 'sending' | 'smsPrice')
  | keyof Sender
> & { defaultCountry: string; defaultTeam: string };

const CHANNELS = ['email', 'sms'] as const;
const LONGEST_DAYS = 365;

const loadOrganisation = (): Promise<Organisation> => answerOf(api.GET('/v1/organisation'));

/** The settings of the organisation, all saved by one button. */
export function OrganisationForm({ mayChange }: { mayChange: boolean }) {
  const { value, error, reload, show } = useLoad(loadOrganisation, []);
  if (!value) return error === undefined ? <Loading /> : <Failure error={error} retry={reload} />;
  return (
    <>
      {!mayChange && <p class="notice">{t.settings.onlySystem}</p>}
      <Form organisation={value} mayChange={mayChange} onSaved={show} />
    </>
  );
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

interface FormProps {
  organisation: Organisation;
  mayChange: boolean;
  onSaved: (organisation: Organisation) => void;
}

const settingsOf = ({ defaultCountry, defaultTeam, ...others }: Organisation): Settings => ({
  ...others,
  defaultCountry: defaultCountry ?? '',
  defaultTeam: defaultTeam?.id ?? '',
});

function Form({ organisation, mayChange, onSaved }: FormProps) {
  const { defaultTeam } = organisation;
  const [settings, setSettings] = useState<Settings>(settingsOf(organisation));
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const teams = useLoad(loadTeams, []);
  const errors = fieldErrorsOf(error);
  const texts = t.settings.form;
  const change = (changed: Partial<Settings>): void => setSettings({ ...settings, ...changed });
  const save = (): void => {
    setIsBusy(true);
    setError(undefined);
    const { name, channels, strict, waitingDays, invitationDays, reminders } = settings;
    const { quietHours, headerAliases, notify, failover, sending, language, senderName, replyTo, smsPrice } = settings;
    const body = {
      ...{ name, channels, strict, waitingDays, invitationDays, reminders, quietHours, headerAliases, notify },
      ...{ failover, sending, language, senderName, replyTo, smsPrice },
      defaultCountry: settings.defaultCountry.trim() || null,
      defaultTeam: settings.defaultTeam || null,
    };
    // Only what was changed here: what another window has changed meanwhile stays.
    const shown: Readonly<Record<string, unknown>> = { ...organisation, defaultTeam: defaultTeam?.id ?? null };
    const changed = Object.entries(body).filter(([field, value]) => !isEqual(value, shown[field]));
    answerOf(api.PATCH('/v1/organisation', { body: Object.fromEntries(changed) }))
      .then((saved) => {
        setSettings(settingsOf(saved));
        onSaved(saved);
        tell(t.settings.saved);
      }, setError)
      .finally(() => setIsBusy(false));
  };
  const days = (field: 'waitingDays' | 'invitationDays') => (
    <FormField id={`organisation-${field}`} label={texts[field]} error={errors[field]}>
      <input
        type="number"
        min={1}
        max={LONGEST_DAYS}
        required
        value={settings[field]}
        onInput={({ currentTarget }) => change({ [field]: currentTarget.valueAsNumber })}
      />
    </FormField>
  );
  const reminders = (field: 'everyHours' | 'atMost', label: string, min: number, hint?: string) => (
    <FormField id={`organisation-${field}`} label={label} hint={hint} error={errors[`reminders.${field}`]}>
      <input
        type="number"
        min={min}
        required
        value={settings.reminders[field]}
        onInput={({ currentTarget }) =>
          change({ reminders: { ...settings.reminders, [field]: currentTarget.valueAsNumber } })
        }
      />
    </FormField>
  );
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error !== undefined && <Failure error={error} />}
      <fieldset disabled={!mayChange}>
        <legend class="hidden">{t.settings.organisation}</legend>
        <FormField id="organisation-name" label={texts.name} hint={texts.nameHint} error={errors['name']}>
          <input
            type="text"
            required
            maxLength={100}
            value={settings.name}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </FormField>
        <FormField
          id="organisation-country"
          label={texts.defaultCountry}
          hint={texts.countryHint}
          error={errors['defaultCountry']}
        >
          <input
            type="text"
            maxLength={2}
            value={settings.defaultCountry}
            onInput={({ currentTarget }) => change({ defaultCountry: currentTarget.value })}
          />
        </FormField>
        <FormField id="organisation-team" label={texts.defaultTeam} error={errors['defaultTeam']}>
          <select
            value={settings.defaultTeam}
            onChange={({ currentTarget }) => change({ defaultTeam: currentTarget.value })}
          >
            <option value="">{texts.noTeam}</option>
            {(teams.value ?? (defaultTeam ? [defaultTeam] : [])).map(({ id, name }) => (
              <option key={id} value={id} selected={id === settings.defaultTeam}>
                {name}
              </option>
            ))}
          </select>
        </FormField>
        <fieldset>
          <legend>{texts.channels}</legend>
          {CHANNELS.map((channel) => (
            <label key={channel} class="choice">
              <input
                type="checkbox"
                checked={settings.channels.includes(channel)}
                onChange={({ currentTarget: { checked } }) =>
                  change({
                    channels: CHANNELS.filter((one) => (one === channel ? checked : settings.channels.includes(one))),
                  })
                }
              />
              {t.imports.channel[channel]}
            </label>
          ))}
          {errors['channels'] !== undefined && (
            <p class="field-error" role="alert">
              {errors['channels']}
            </p>
          )}
        </fieldset>
        {settings.channels.length === CHANNELS.length && (
          <FailoverField
            failover={settings.failover}
            reports={organisation.deliveryReports}
            onChange={(failover) => change({ failover })}
            errors={errors}
          />
        )}
        <label class="choice">
          <input
            type="checkbox"
            checked={settings.strict}
            onChange={({ currentTarget }) => change({ strict: currentTarget.checked })}
          />
          {texts.strict}
        </label>
        <div class="form-pair">
          {days('waitingDays')}
          {days('invitationDays')}
          {reminders('everyHours', texts.reminderHours, 1)}
          {reminders('atMost', texts.reminders, 0, texts.remindersHint)}
        </div>
        <SenderFields sender={settings} errors={errors} onChange={change} />
        <SmsPriceField price={settings.smsPrice} errors={errors} onChange={(smsPrice) => change({ smsPrice })} />
        <SendingDefaultFields sending={settings.sending} errors={errors} onChange={(sending) => change({ sending })} />
        <QuietHoursFields
          quietHours={settings.quietHours}
          errors={errors}
          onChange={(quietHours) => change({ quietHours })}
        />
        <NoticeField notify={settings.notify} onChange={(notify) => change({ notify })} errors={errors} />
        <HeaderAliases aliases={settings.headerAliases} onChange={(headerAliases) => change({ headerAliases })} />
        {mayChange && (
          <p class="form-end">
            <button type="submit" class="primary" disabled={isBusy}>
              {t.common.save}
            </button>
          </p>
        )}
      </fieldset>
    </form>
  );
}
