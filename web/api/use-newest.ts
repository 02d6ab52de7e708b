import { useEffect, useRef } from 'preact/hooks';

export interface Newest {
  /** Tells what comes of a request, unless another one began meanwhile. */
  hear: <Value>(asking: Promise<Value>, onValue: (value: Value) => void, onError: (error: unknown) => void) => void;
  /** Lets no request that has begun tell anything any more. */
  drop: () => void;
}

/** Of the requests of a component only the newest is heard, and none once it is gone. */
export function useNewest(): Newest {
  const newest = useRef<Newest | undefined>(undefined);
  newest.current ??= createNewest();
  useEffect(() => newest.current!.drop, []);
  return newest.current;
}

function createNewest(): Newest {
  let count = 0;
  return {
    hear(asking, onValue, onError) {
      const mine = ++count;
      const ifStill =
        <Told>(tell: (told: Told) => void) =>
        (told: Told): void => {
          if (mine === count) tell(told);
        };
      asking.then(ifStill(onValue), ifStill(onError));
    },
    drop: () => void count++,
  };
}
