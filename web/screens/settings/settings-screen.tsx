import { Tabs } from '../../components/tabs';
import { t } from '../../messages';
import { hrefOf } from '../../routing/route';
import { useSession } from '../../shell/session';
import { AuditLog } from './audit-log';
import { KeysPanel } from './keys-panel';
import { OrganisationForm } from './organisation-form';

interface SettingsScreenProps {
  part: string | undefined;
  query: Readonly<Record<string, string>>;
}

/** The organisation, its keys and its audit log; the latter two for system administrators alone. */
export function SettingsScreen({ part = 'organisation', query }: SettingsScreenProps) {
  const { caller } = useSession();
  const isSystem = caller.role === 'systemAdministrator';
  const texts = t.settings;
  return (
    <>
      <h1>{texts.title}</h1>
      {isSystem && (
        <Tabs
          label={texts.parts}
          current={part}
          tabs={(['organisation', 'keys', 'audit'] as const).map((name) => ({
            name,
            title: texts[name],
            href: hrefOf(['settings', name]),
          }))}
        />
      )}
      {isSystem && part === 'keys' ? (
        <KeysPanel />
      ) : isSystem && part === 'audit' ? (
        <AuditLog query={query} />
      ) : (
        <OrganisationForm mayChange={isSystem} />
      )}
    </>
  );
}
