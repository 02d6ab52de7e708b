import { useEffect, useRef, useState } from 'preact/hooks';
import { textOf } from '../api/problem';
import { tell } from '../components/toast';

export interface Command {
  /** Sends it, unless the last one is still under way: a second click on a slow network is no second command. */
  run: <Answer>(send: () => Promise<Answer>, onDone: (answer: Answer) => void) => void;
  isBusy: boolean;
  /** Why the last one was not carried out. */
  error: unknown;
}

/** A command of somebody who clicks: one at a time, with what went wrong. That is told where its place has gone meanwhile, as a row that was scrolled away. */
export function useCommand(): Command {
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false });
  const isBusy = useRef(false);
  const isGone = useRef(false);
  useEffect(() => () => void (isGone.current = true), []);
  const end = (error?: unknown): void => {
    isBusy.current = false;
    if (!isGone.current) setState({ isBusy: false, error });
    else if (error !== undefined) tell(textOf(error));
  };
  return {
    run(send, onDone) {
      if (isBusy.current) return;
      isBusy.current = true;
      setState({ isBusy: true });
      send().then((answer) => {
        end();
        onDone(answer);
      }, end);
    },
    ...{ isBusy: state.isBusy, error: state.error },
  };
}
