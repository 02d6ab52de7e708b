import type { RunSpan, TraceParent } from '../../contract/tracing/trace';

/** What is told of a span: ids, codes, names of our own and numbers, never an address, a token or a text of an error. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  name: string;
  /** `server` answers a request, `client` makes one. */
  kind?: 'server' | 'client' | 'internal';
  attributes?: Attributes;
  /** From another process. By default the span under way here is the parent. */
  parent?: TraceParent | undefined;
}

export interface OpenSpan {
  rename(name: string): void;
  set(attributes: Attributes): void;
  fail(): void;
}

/** The traces of this process. */
export interface Tracing {
  /** Does the work in a span, which ends with it and fails with it. Spans that begin meanwhile are its children. */
  span<Result>(options: SpanOptions, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /** The place of the span under way, for another process. */
  current(): TraceParent | undefined;
  /** Notes the span of a run of a workflow, which has many steps in many processes, when it has ended. */
  runEnded(span: RunSpan): void;
  /** Exports what is left, within two seconds. */
  stop(): Promise<void>;
}
