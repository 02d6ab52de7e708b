import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Long enough to be read twice. */
const SHOWN_MS = 6_000;

interface Told {
  text: string;
  /** Counts what was told: the same words once more are news. */
  no: number;
}

let told: Told = { text: '', no: 0 };
let timer: ReturnType<typeof setTimeout> | undefined;
/** The places where it can be shown, the topmost last. */
const places: { update: () => void }[] = [];
const update = (): void => places.forEach((place) => place.update());

/** Tells that something was done, for a moment; screen readers say it. */
export function tell(text: string): void {
  told = { text, no: told.no + 1 };
  clearTimeout(timer);
  timer = setTimeout(() => {
    told = { ...told, text: '' };
    update();
  }, SHOWN_MS);
  update();
}

/** Where it is told. What is behind a modal dialog is dimmed and silent, so the dialog on top has a place of its own. */
export function Toasts() {
  const [, setNo] = useState(0);
  const place = useRef({ update: () => setNo((no) => no + 1) }).current;
  useLayoutEffect(() => {
    places.push(place);
    return () => {
      places.splice(places.indexOf(place), 1);
      update();
    };
  }, []);
  // It is empty at first, even if something is told: screen readers say what changes in it.
  useEffect(update, []);
  const isTop = places.at(-1) === place;
  return (
    <div role="status" class="toasts">
      {isTop && told.text !== '' && (
        <p key={told.no} class="toast">
          {told.text}
        </p>
      )}
    </div>
  );
}
