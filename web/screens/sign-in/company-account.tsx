import { t } from '../../messages';

const RETURN = 'client-import.return';

/** Where people sign in by an account of their company; `undefined` where they cannot. The page is served with it. */
const ADDRESS = document.querySelector<HTMLMetaElement>('meta[name=sign-in-address]')?.content;

export const hasCompanyAccounts = Boolean(ADDRESS);

/**
 * The provider leads back to this page without its place, which may be an import that was open when a session ended. What was searched for
 * there may be a name, and is not kept.
 */
const keepReturn = (): void => {
  const [place = ''] = location.hash.split('?');
  if (place !== '#/sign-in') sessionStorage.setItem(RETURN, place);
};

/** The place to which somebody comes back once they are signed in. */
export function takeReturn(): string {
  const place = sessionStorage.getItem(RETURN) ?? '#/';
  sessionStorage.removeItem(RETURN);
  return place;
}

export function CompanyAccount({ fault }: { fault: string | undefined }) {
  if (!ADDRESS) return null;
  const { company, orKey, faults } = t.common.signIn;
  return (
    <div class="company-account">
      {fault !== undefined && (
        <p class="field-error" role="alert">
          {Object.hasOwn(faults, fault) ? faults[fault as keyof typeof faults] : faults.failed}
        </p>
      )}
      <a class="button primary" href={ADDRESS} onClick={keepReturn}>
        {company}
      </a>
      <p class="or quiet small">{orKey}</p>
    </div>
  );
}
