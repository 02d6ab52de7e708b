import {
  currentUpdateInfo,
  defineSignal,
  defineUpdate,
  log,
  patched,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { APPLY_PLAN, CANCEL, COMMANDS, PAUSE, REFRESH, RESUME, RETRY_INVITATIONS } from '../../contract/messages';
import type { GivenCommand } from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { causeOf, invalid, rejectIf } from './requests';

type Name = (typeof COMMANDS)[number] | typeof REFRESH;
type Kind = 'update' | 'signal';

interface Handler {
  description: string;
  /** What is wrong with the input, as a sentence. */
  check: (request: unknown) => string | undefined;
  /** The check of a signal in earlier builds, if there was one. */
  checkBefore?: (request: unknown) => string | undefined;
  act: (given: GivenCommand, request: unknown) => Promise<unknown>;
}

interface Waiting {
  kind: Kind;
  name: string;
  given: GivenCommand;
  request: unknown;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

/** Below the 2,000 updates and 10,000 signals that a run may have; the rest is for those that come while it hands over. */
const MOST_UPDATES = 1_000;
const MOST_SIGNALS = 5_000;
const HANDING_OVER = 'This import is beginning a new history. Try again in a few seconds.';

/** The order in which earlier builds handled messages that had waited for the first task of a run. */
const BY_REGISTRATION = [APPLY_PLAN, RETRY_INVITATIONS, PAUSE, RESUME, CANCEL, REFRESH].flatMap((name) => [
  `update ${name}`,
  `signal ${name}`,
]);

/**
 * The messages to an import's workflow. Temporal hands those that waited for the first task of a run, or are repeated by a
 * reset, to whatever handler is registered first; here they are taken in the order in which they came, and only then handled.
 */
export class Messages {
  readonly #waiting: Waiting[] = [];
  readonly #handlers = new Map<string, Handler>();
  #updates = 0;
  #signals = 0;
  #commandSignals = 0;

  constructor(private readonly state: ImportState) {
    const wait = (kind: Kind, name: string, request: unknown): Promise<unknown> => {
      const given = this.#given(kind, name);
      return new Promise((resolve, reject) => this.#waiting.push({ kind, name, given, request, resolve, reject }));
    };
    setDefaultSignalHandler(async (name, request) => void (await wait('signal', name, request)));
    setDefaultUpdateHandler((name, request) => wait('update', name, request));
    setDefaultSignalHandler(undefined);
    setDefaultUpdateHandler(undefined);
  }

  onUpdate(name: Name, handler: Handler): void {
    this.#handlers.set(`update ${name}`, handler);
    const act = (request: unknown): Promise<unknown> => answer(handler.act(this.#given('update', name), request));
    setHandler(defineUpdate<unknown, [unknown]>(name), act, {
      description: handler.description,
      validator: (request) => rejectIf(this.state.handsOver ? HANDING_OVER : handler.check(request)),
    });
  }

  onSignal(name: Name, handler: Handler): void {
    this.#handlers.set(`signal ${name}`, handler);
    setHandler(
      defineSignal<[unknown]>(name),
      (request) => this.#signal(name, handler, this.#given('signal', name), request),
      { description: handler.description },
    );
  }

  /** Handles what has waited. Call it once all handlers are known. */
  deliver(): void {
    const waiting = this.#waiting.splice(0);
    const isOrderKnown = waiting.filter(({ name }) => name !== REFRESH).length > 1 && patched('order-of-arrival');
    if (!isOrderKnown) {
      const rank = ({ kind, name }: Waiting): number => BY_REGISTRATION.indexOf(`${kind} ${name}`);
      waiting.sort((a, b) => rank(a) - rank(b));
    }
    for (const { kind, name, given, request, resolve, reject } of waiting) {
      const handler = this.#handlers.get(`${kind} ${name}`);
      if (!handler) {
        if (kind === 'signal') resolve(undefined);
        else reject(invalid(`There is no update "${name}".`));
      } else if (kind === 'signal') {
        this.#signal(name, handler, given, request).then(resolve, reject);
      } else {
        // An update that has waited was accepted without a check; an earlier build had checked it by its own rules.
        const problem = handler.check(request);
        if (problem !== undefined && patched('checked-on-arrival')) reject(invalid(problem));
        else answer(handler.act(given, request)).then(resolve, reject);
      }
    }
  }

  /** A signal has no answer, and its failure would fail the workflow. */
  async #signal(name: string, handler: Handler, given: GivenCommand, request: unknown): Promise<void> {
    const problem = handler.check(request);
    if (problem !== undefined && (handler.checkBefore?.(request) !== undefined || patched('checked-signal')))
      return log.warn(`A signal ${name} was rejected`, { problem });
    try {
      await handler.act(given, request);
    } catch (error) {
      log.warn(`The signal ${name} did nothing`, { error: String(causeOf(error)) });
    }
  }

  /** Counts a message, and names it so that a reset, which repeats it, names it alike. */
  #given(kind: Kind, name: string): GivenCommand {
    const { firstExecutionRunId, continuedFromExecutionRunId, continueAsNewSuggested } = workflowInfo();
    const run = continuedFromExecutionRunId ?? firstExecutionRunId;
    if (kind === 'update') this.#updates += 1;
    else this.#signals += 1;
    if (this.#updates >= MOST_UPDATES || this.#signals >= MOST_SIGNALS)
      this.state.handsOver ||= patched('short-histories');
    // An update makes some twelve events, and with each the server takes longer for the next: a run at rest would not look by itself.
    if (continueAsNewSuggested) this.state.handsOver ||= patched('hands-over-when-suggested');
    if (kind === 'update') {
      const { id } = currentUpdateInfo()!;
      return { id: `${run}:update:${id}`, updateId: id };
    }
    if ((COMMANDS as readonly string[]).includes(name)) this.#commandSignals += 1;
    return { id: `${run}:signal:${this.#commandSignals}`, signal: this.#commandSignals };
  }
}

/** Answers an update; where a step refuses it, with the sentence of the step. */
const answer = (acted: Promise<unknown>): Promise<unknown> =>
  acted.catch((error: unknown) => {
    throw causeOf(error);
  });
