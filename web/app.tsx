import { useLayoutEffect, useState } from 'preact/hooks';
import { answerOf, api, whenSignedOut } from './api/api';
import { isApiError } from './api/problem';
import { Failure, Loading } from './components/states';
import { usePlace } from './routing/route';
import { loadOtherScreens, Screen } from './screens/screen';
import { SignIn } from './screens/sign-in/sign-in';
import { SessionContext } from './shell/session';
import type { Session } from './shell/session';
import { Shell } from './shell/shell';

type State =
  | { kind: 'asking' }
  | { kind: 'out'; wasIn: boolean }
  | { kind: 'in'; session: Session }
  | { kind: 'failed'; error: unknown };

const KEPT_AS = 'client-import.signed-in';
/** The cookie cannot be read here. Without this note a first visit would begin with a refused request. */
const wasSignedIn = (): boolean => localStorage.getItem(KEPT_AS) !== null;
const noteSignedIn = (isIn: boolean): void =>
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

export function App() {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const place = usePlace();
  const enter = (): void => {
    setState({ kind: 'asking' });
    loadSession().then(
      (session) => {
        noteSignedIn(true);
        setState({ kind: 'in', session });
        // One that cannot be had now is asked for again when somebody goes there.
        whenIdle(() => void loadOtherScreens().catch(() => undefined));
      },
      (error: unknown) =>
        setState(isApiError(error) && error.status === 401 ? { kind: 'out', wasIn: false } : { kind: 'failed', error }),
    );
  };
  // Before the first paint: who is signed in is asked for as early as can be.
  useLayoutEffect(() => {
    whenSignedOut(() => {
      noteSignedIn(false);
      setState((before) => ({ kind: 'out', wasIn: before.kind === 'in' }));
    });
    // A link that signs in is not to be shadowed by a session that is already there.
    if (place.path[0] === 'sign-in' || !wasSignedIn()) setState({ kind: 'out', wasIn: false });
    else enter();
  }, []);

  if (state.kind === 'asking') return <Loading />;
  if (state.kind === 'failed') return <Failure error={state.error} retry={enter} />;
  if (state.kind === 'out')
    return <SignIn wasIn={state.wasIn} ticket={place.query['ticket']} fault={place.query['fault']} onDone={enter} />;
  return (
    <SessionContext.Provider value={state.session}>
      <Shell
        place={place}
        onSignOut={() => {
          noteSignedIn(false);
          setState({ kind: 'out', wasIn: false });
        }}
      >
        <Screen place={place} />
      </Shell>
    </SessionContext.Provider>
  );
}
