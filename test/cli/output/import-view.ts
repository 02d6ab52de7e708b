import type { ImportView } from '../../../cli/http/views';
import { emptyProgress } from '../../../contract/progress';

/** A completed import without rows, as the API shows it. */
export function importView(change: object = {}): ImportView {
  const { importId: id, ...progress } = emptyProgress('import', 'completed');
  const base = {
    id,
    kind: 'clients' as const,
    fileName: 'a.csv',
    problems: [],
    pausedBy: [],
    plan: null,
    questions: [],
    union: null,
    sameFileAs: null,
  };
  return { ...progress, ...base, links: { temporalUi: '' }, ...change };
}
