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

export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
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
