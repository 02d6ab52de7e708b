import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

const SHOWN_MS = 6_000;

interface Told {
  text: string;
  /** Counts what was told: the same words once more are news. */
  no: number;
}
let show: (text: string) => void = () => undefined;

/** Tells that something was done, for a moment; screen readers say it. */
export const tell = (text: string): void => show(text);

export function Toasts() {
  const [told, setTold] = useState<Told>({ text: '', no: 0 });
  useLayoutEffect(() => {
    show = (text) => setTold(({ no }) => ({ text, no: no + 1 }));
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setTold((now) => (now.no === told.no ? { ...now, text: '' } : now)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [told.no]);
  return (
    <div role="status" class="toasts">
      {told.text !== '' && (
        <p key={told.no} class="toast">
          {told.text}
        </p>
      )}
    </div>
  );
}
