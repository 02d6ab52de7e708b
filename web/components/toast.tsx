import { useEffect, useState } from 'preact/hooks';

const SHOWN_MS = 6_000;
let show: (text: string) => void = () => undefined;

/** Tells that something was done, for a moment; screen readers say it. */
export const tell = (text: string): void => show(text);

export function Toasts() {
  const [text, setText] = useState('');
  useEffect(() => {
    show = setText;
  }, []);
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" class="toasts">
      {text !== '' && <p class="toast">{text}</p>}
    </div>
  );
}
