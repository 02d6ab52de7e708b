import { useEffect, useState } from 'preact/hooks';

/** Whether the computer has a network. That it has none is certain; that it has one says nothing about the server. */
export function useOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const change = (): void => setIsOnline(navigator.onLine);
    addEventListener('online', change);
    addEventListener('offline', change);
    return () => {
      removeEventListener('online', change);
      removeEventListener('offline', change);
    };
  }, []);
  return isOnline;
}
