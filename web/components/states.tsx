import type { ComponentChildren } from 'preact';
import { ApiError, textOf } from '../api/problem';
import { fill } from '../messages/format';
import { t } from '../messages';

/** Appears only after a moment, so that a quick answer makes nothing flicker. */
export const Loading = () => (
  <p class="loading" role="status">
    {t.common.loading}
  </p>
);

interface EmptyProps {
  title: string;
  /** It is the whole screen, and its title that of the screen. */
  isScreen?: boolean;
  children?: ComponentChildren;
}

export const Empty = ({ title, isScreen = false, children }: EmptyProps) => (
  <div class="empty">
    {isScreen ? <h1>{title}</h1> : <h2>{title}</h2>}
    {children}
  </div>
);

interface PendingProps {
  /** Of the screen. */
  title: string;
  error: unknown;
  retry: () => void;
}

/** A screen whose content is not there yet, or cannot be had: it has its heading all the same. */
export const Pending = ({ title, error, retry }: PendingProps) => (
  <>
    <h1>{title}</h1>
    {error === undefined ? <Loading /> : <Failure error={error} retry={retry} />}
  </>
);

/** Says what went wrong and offers to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const isOffline = error instanceof ApiError && error.problem === undefined;
  const problem = error instanceof ApiError ? error.problem : undefined;
  return (
    <div class="notice notice-error" role="alert">
      <h2>{isOffline ? t.common.offline.title : (problem?.title ?? t.common.failed.title)}</h2>
      <p>{isOffline ? t.common.offline.text : textOf(error)}</p>
      {problem?.errors && problem.errors.length > 0 && (
        <ul>
          {problem.errors.slice(0, 20).map((one, i) => (
            <li key={i}>{one.detail}</li>
          ))}
        </ul>
      )}
      {problem?.requestId && <p class="quiet small">{fill(t.common.requestId, { id: problem.requestId })}</p>}
      {retry && (
        <button type="button" onClick={retry}>
          {t.common.retry}
        </button>
      )}
    </div>
  );
}
