import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/problem';
import { Loading, Pending } from '../components/states';
import { t } from '../messages';
import type { Place } from '../routing/route';
import type { OTHER_SCREENS } from './other-screens';
import { firstSection, useSession } from '../shell/session';
import { NothingHere } from './nothing-here';
import { UploadScreen } from './upload/upload-screen';

type OtherScreens = typeof OTHER_SCREENS;
let loaded: OtherScreens | undefined;

/** Loads the screens that are not in the first script. Do so early: they then open at once, and without a connection. */
export async function loadOtherScreens(): Promise<OtherScreens> {
  loaded = (await import('./other-screens')).OTHER_SCREENS;
  return loaded;
}

/** The screen of a place. */
export function Screen({ place }: { place: Place }) {
  const [section = firstSection(useSession())] = place.path;
  const [others, setOthers] = useState(loaded);
  const [hasFailed, setHasFailed] = useState(false);
  const isMissing = section !== 'upload' && !others;
  useEffect(() => {
    if (isMissing) loadOtherScreens().then(setOthers, () => setHasFailed(true));
  }, [isMissing]);
  if (section === 'upload') return <UploadScreen />;
  // Browsers remember that a script could not be had, and a newer page may have replaced it.
  if (!others && !hasFailed) return <Loading />;
  if (!others)
    return <Pending title={t.common.product} error={new ApiError(undefined)} retry={() => location.reload()} />;
  const Placed = others[section];
  return Placed ? <Placed {...place} /> : <NothingHere />;
}
