import { Context } from '@temporalio/activity';
import { setTimeout as pause } from 'node:timers/promises';
import type { ActivityDeps } from '../../activities/deps';
import { ALL_POINTS } from './fail-points';
import type { FailPoint } from './fail-points';
import type { FaultCommands } from './fault-commands';

const POINTS = Object.entries(ALL_POINTS);

/** Wraps the dependencies of the steps so that a test's commands take effect at the fail points. */
export function injectFaults(deps: ActivityDeps, commands: FaultCommands): ActivityDeps {
  const reach = async (call: string, when: FailPoint['when'], subject: unknown): Promise<void> => {
    for (const name of namesOf(call, when, subject)) {
      const command = commands.take(name);
      if (command?.act === 'pause') await pause(command.forMs);
      else if (command) process.kill(process.pid, 'SIGKILL');
    }
  };
  const guard = <T extends object>(part: string, target: T): T =>
    new Proxy(target, {
      get(object, method) {
        const value: unknown = Reflect.get(object, method);
        if (typeof value !== 'function') return value;
        const call = `${part}.${String(method)}`;
        if (!POINTS.some(([, point]) => point.call === call)) return value;
        return async (...args: unknown[]): Promise<unknown> => {
          await reach(call, 'before', args);
          const result: unknown = await (value as (...args: unknown[]) => unknown).apply(object, args);
          await reach(call, 'after', args);
          return result;
        };
      },
    });
  dieInHeartbeats(commands);
  const parts = Object.entries(deps.store).map(([part, target]) => [
    part,
    typeof target === 'object' ? guard(part, target) : target,
  ]);
  return {
    ...deps,
    store: Object.fromEntries(parts) as ActivityDeps['store'],
    senders: { email: guard('sender', deps.senders.email), sms: guard('sender', deps.senders.sms) },
  };
}

function namesOf(call: string, when: FailPoint['when'], subject?: unknown): string[] {
  const isMeant = ({ step, about, ...point }: FailPoint): boolean =>
    point.call === call && point.when === when && isIn(step) && (!about || JSON.stringify(subject).includes(about));
  return POINTS.flatMap(([name, point]) => (isMeant(point) ? [name] : []));
}

const isIn = (step: string | undefined): boolean => step === undefined || Context.current().info.activityType === step;

/** Heartbeats are no dependency: each step calls them on its own context. */
function dieInHeartbeats(commands: FaultCommands): void {
  const current = Context.current.bind(Context);
  const wrapped = new WeakSet<Context>();
  Context.current = () => {
    const context = current();
    if (wrapped.has(context)) return context;
    wrapped.add(context);
    const { heartbeat } = context;
    const dying = (details?: unknown): void => {
      if (namesOf('context.heartbeat', 'before').some((name) => commands.take(name))) {
        process.kill(process.pid, 'SIGKILL');
      }
      heartbeat(details);
    };
    Object.assign(context, { heartbeat: dying });
    return context;
  };
}
