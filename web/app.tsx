import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { answerOf, api, noteSignedIn, whenSignedOut } from './api/api';
import { isApiError } from './api/problem';
import { Loading, Pending } from './components/states';
import { t } from './messages';
import { usePlace } from './routing/route';
import { loadOtherScreens, Screen } from './screens/screen';
import { Lock } from './screens/sign-in/lock';
import { SignIn } from './screens/sign-in/sign-in';
import type { SignedOut } from './screens/sign-in/sign-in';
import { isSamePerson, SessionContext } from './shell/session';
import type { Session } from './shell/session';
import { Shell } from './shell/shell';

type State =
  | { kind: 'asking' }
  | { kind: 'out'; because?: SignedOut }
  /** Locked once the session has ended: what was typed is still there for whoever signs in again. */
  | { kind: 'in'; session: Session; isLocked: boolean }
  | { kind: 'failed'; error: unknown };

const KEPT_AS = 'client-import.signed-in';
/** The cookie cannot be read here. Without this note a first visit would begin with a refused request. */
const wasSignedIn = (): boolean => localStorage.getItem(KEPT_AS) !== null;
const keepSignedIn = (isIn: boolean): void =>
  isIn ? localStorage.setItem(KEPT_AS, '') : localStorage.removeItem(KEPT_AS);

const whenIdle = (act: () => void): unknown =>
  'requestIdleCallback' in window ? requestIdleCallback(act, { timeout: 5_000 }) : setTimeout(act, 1_000);

async function loadSession(): Promise<Session> {
  const [caller, organisation] = await Promise.all([
    answerOf(api.GET('/v1/me')),
    answerOf(api.GET('/v1/organisation')),
  ]);
  return { caller, organisation, mayImport: caller.role !== 'support' };
}

/** The screens stay as they are for the same person; another one begins anew. */
const entered = (before: State, session: Session): State =>
  before.kind === 'in' && isSamePerson(before.session, session)
    ? { ...before, isLocked: false }
    : { kind: 'in', session, isLocked: false };

export function App() {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const place = usePlace();
  const enter = (): void => {
    setState((before) => (before.kind === 'in' ? before : { kind: 'asking' }));
    loadSession().then(
      (session) => {
        keepSignedIn(true);
        setState((before) => entered(before, session));
        noteSignedIn();
        // One that cannot be had now is asked for again when somebody goes there.
        whenIdle(() => void loadOtherScreens().catch(() => undefined));
      },
      (error: unknown) =>
        setState((before) => {
          if (before.kind === 'in') return before;
          return isApiError(error) && error.status === 401 ? { kind: 'out' } : { kind: 'failed', error };
        }),
    );
  };
  const leave = (because?: SignedOut): void => setState({ kind: 'out', ...(because && { because }) });
  // Before the first paint: who is signed in is asked for as early as can be.
  useLayoutEffect(() => {
    whenSignedOut(() => {
      keepSignedIn(false);
      setState((before) => (before.kind === 'in' ? { ...before, isLocked: true } : { kind: 'out' }));
    });
    // A link that signs in is not to be shadowed by a session that is already there.
    if (place.path[0] === 'sign-in' || !wasSignedIn()) leave();
    else enter();
  }, []);
  // Windows share the session. One that has ended by itself is noticed by each at its next request, and keeps what was typed.
  useEffect(() => {
    const hear = ({ key, newValue }: StorageEvent): void => {
      if (key === SIGNED_OUT_AS && newValue !== null) leave('elsewhere');
      if (key === KEPT_AS && newValue !== null) enter();
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }, []);

  if (state.kind === 'asking') return <Loading />;
  if (state.kind === 'failed')
    return (
      <main>
        <Pending title={t.common.product} error={state.error} retry={enter} />
      </main>
    );
  if (state.kind === 'out')
    return (
      <SignIn because={state.because} ticket={place.query['ticket']} fault={place.query['fault']} onDone={enter} />
    );
  const { session, isLocked } = state;
  return (
    <SessionContext.Provider value={session}>
      <Shell
        key={`${session.caller.id} ${session.organisation.id}`}
        place={place}
        onSignOut={() => {
          keepSignedIn(false);
          tellWindows();
          leave();
        }}
      >
        <Screen place={place} />
      </Shell>
      {isLocked && <Lock onDone={enter} />}
    </SessionContext.Provider>
  );
}

const SIGNED_OUT_AS = 'client-import.signed-out';
/** Other windows of this browser hear what is written, and nothing stays. */
function tellWindows(): void {
  localStorage.setItem(SIGNED_OUT_AS, '');
  localStorage.removeItem(SIGNED_OUT_AS);
}
