import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { answerOf, api } from '../api/api';
import { textOf } from '../api/problem';
import { Boundary } from './boundary';
import { tell, Toasts } from '../components/toast';
import { LANGUAGES, choose, language, t } from '../messages';
import type { Language } from '../messages';
import { hrefOf } from '../routing/route';
import type { Place } from '../routing/route';
import { firstSection, useSession } from './session';
import { useOnline } from './use-online';
import { useTitle } from './use-title';

interface ShellProps {
  place: Place;
  onSignOut: () => void;
  children: ComponentChildren;
}

const MENU = ['upload', 'dashboard', 'history', 'people', 'teams', 'settings'] as const;
/** Screens that belong to an entry of the menu without bearing its name. */
const UNDER: Readonly<Record<string, string>> = { imports: 'history', batches: 'history' };

export function Shell({ place, onSignOut, children }: ShellProps) {
  const session = useSession();
  const { caller, organisation, mayImport } = session;
  const main = useRef<HTMLElement>(null);
  const [section = firstSection(session)] = place.path;
  const current = UNDER[section] ?? section;
  const isOnline = useOnline();
  useTitle((t.common.menu as Readonly<Record<string, string>>)[current]);
  // Screen readers begin to read where the new screen begins. At once: later it would take the focus from what somebody has clicked.
  useLayoutEffect(() => main.current?.focus({ preventScroll: true }), [place.path.join('/')]);
  const signOut = (): void => {
    answerOf(api.DELETE('/v1/session', {})).then(onSignOut, (error: unknown) => tell(textOf(error)));
  };
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {t.common.skip}
      </a>
      <header class="bar-top">
        <a class="brand" href={hrefOf([])}>
          {organisation.name}
        </a>
        <nav aria-label={t.common.menu.label}>
          <ul class="menu">
            {MENU.filter((name) => mayImport || name !== 'upload').map((name) => (
              <li key={name}>
                <a href={hrefOf(name === 'upload' ? [] : [name])} aria-current={current === name ? 'page' : undefined}>
                  {t.common.menu[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <span class="quiet small role">{t.common.roles[caller.role]}</span>
          <select
            aria-label={t.common.language}
            value={language}
            onChange={({ currentTarget }) => choose(currentTarget.value as Language)}
          >
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
          <button type="button" class="plain" onClick={signOut}>
            {t.common.signIn.signOut}
          </button>
        </div>
      </header>
      {!isOnline && (
        <p class="offline small" role="status">
          {t.common.offline.now}
        </p>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        <Boundary key={place.path.join('/')}>{children}</Boundary>
      </main>
      <Toasts />
    </div>
  );
}
