import { StartError } from '../start-error';
import type { Tool } from './tools';

/** A program of the embedded stack is neither there nor to be had: every step that was tried, and the ways out. */
export class BinaryNotFound extends StartError {
  override readonly name = 'BinaryNotFound';

  constructor(
    tool: Tool,
    readonly steps: readonly string[],
  ) {
    const wanted = tool.minimum ? `${tool.name} ${tool.minimum.join('.')} or newer` : tool.name;
    super(
      [
        `Could not find or fetch ${tool.name}.`,
        ...steps.map((step) => `  - ${step}`),
        `Fix one of these: install ${wanted} and put it on PATH; set ${tool.variable}=/path/to/${tool.name}; or ${tool.alternative}.`,
      ].join('\n'),
    );
  }
}
