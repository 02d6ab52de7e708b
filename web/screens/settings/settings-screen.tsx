import { Tabs } from '../../components/tabs';
import { t } from '../../messages';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import { AuditLog } from './audit-log';
import { KeysPanel } from './keys-panel';
import { TextsPanel } from './texts/texts-panel';
import { OrganisationForm } from './organisation-form';

interface SettingsScreenProps {
  part: string | undefined;
  query: Readonly<Record<string, string>>;
}

/** The organisation, its texts for administrators, its keys and its audit log; the latter two for system administrators alone. */
export function SettingsScreen({ part = 'organisation', query }: SettingsScreenProps) {
  const { caller } = useSession();
  const texts = t.settings;
  const isSystem = caller.role === 'systemAdministrator';
  const isAdministrator = isSystem || caller.role === 'userAdministrator';
  const names = isSystem ? (['organisation', 'texts', 'keys', 'audit'] as const) : (['organisation', 'texts'] as const);
  const titles = { ...texts, texts: t.texts.title };
  return (
    <>
      <h1>{texts.title}</h1>
      {isAdministrator && (
        <Tabs
          label={texts.parts}
          current={part}
          tabs={names.map((name) => ({
            name,
            title: titles[name],
            href: hrefOf(['settings', name]),
          }))}
        />
      )}
      {isAdministrator && part === 'texts' ? (
        <TextsPanel mayChange={isSystem} />
      ) : isSystem && part === 'keys' ? (
        <KeysPanel />
      ) : isSystem && part === 'audit' ? (
        <AuditLog query={query} />
      ) : (
        <OrganisationForm mayChange={isSystem} />
      )}
    </>
  );
}
