import type { NewFiles } from '../client-files';
import type { Stack, StackOptions } from '../stack/stack';
import type { Target } from '../report/targets';

/** A measure that `npm run bench -- --only NAME` runs by itself, on servers of its own. */
export interface Measure {
  options?: Pick<StackOptions, 'reports' | 'provider' | 'settings' | 'nodeArguments'>;
  run(stack: Stack, newFiles: NewFiles, note: (line: string) => void): Promise<Target[] | Told>;
}

/** What is more than a list of figures. */
export interface Told {
  targets: Target[];
  /** In Markdown, printed below the figures. */
  text: string;
}
