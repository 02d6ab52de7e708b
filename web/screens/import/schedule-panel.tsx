import { useEffect, useState } from 'preact/hooks';
import { answerOf, api } from '../../api/api';
import { fieldErrorsOf } from '../../api/field-errors';
import { useCommand } from '../../shell/use-command';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/states';
import { tell } from '../../components/toast';
import { t } from '../../messages';
import { fill, formatMoment } from '../../messages/format';
import { useSession } from '../../shell/session';
import type { Import } from './model';
import { AT_ONCE, WhenFields, whenOf, wholeScheduleOf } from '../schedule/when-fields';

/** Some clocks are behind. */
const LATER_MS = 3_000;
/** Browsers keep no timer for longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** What of an import is sent later, and how to send it at another time. */
export function SchedulePanel({ importView, onChanged }: { importView: Import; onChanged: () => void }) {
  const { id, deferred, schedule } = importView;
  const { mayImport } = useSession();
  const [when, setWhen] = useState(AT_ONCE);
  const [isOpen, setIsOpen] = useState(false);
  const { run, isBusy, error } = useCommand();
  const texts = t.schedule;
  const next = deferred[0]?.from;
  useEffect(() => {
    if (next === undefined) return undefined;
    const wait = Math.max(0, new Date(next).getTime() - Date.now()) + LATER_MS;
    const timer = setTimeout(onChanged, Math.min(wait, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [next]);
  if (deferred.length === 0) return null;
  // These depend on what becomes of another message, and on no time that can be chosen.
  const isChosen = deferred.some(({ because }) => because !== 'failover');
  const isNight = deferred.some(({ because }) => because === 'quiet-hours');
  const change = (body: { sendAt?: string; spread?: string; ignoreQuietHours?: boolean }): void => {
    run(
      () => answerOf(api.POST('/v1/imports/{id}/schedule', { params: { path: { id } }, body })),
      () => {
        setIsOpen(false);
        tell(texts.changed);
        onChanged();
      },
    );
  };
  return (
    <section class={isChosen ? 'notice notice-warn' : 'notice'} aria-label={texts.title}>
      {deferred.map(({ channel, because, count, from }) => (
        <p key={`${channel} ${because}`}>
          {fill(texts.deferred[because], { n: count, channel: t.imports.channel[channel], when: formatMoment(from) })}
        </p>
      ))}
      {mayImport && isChosen && (
        <div class="actions">
          <button
            type="button"
            disabled={isBusy}
            onClick={() => change({ ...wholeScheduleOf(AT_ONCE), ...(isNight && { ignoreQuietHours: true }) })}
          >
            {isNight ? texts.nowAtNight : texts.now}
          </button>
          <button
            type="button"
            onClick={() => {
              setWhen(whenOf(schedule));
              setIsOpen(true);
            }}
          >
            {texts.change}
          </button>
        </div>
      )}
      {error !== undefined && !isOpen && <Failure error={error} />}
      {isOpen && (
        <Dialog title={texts.change} onClose={() => setIsOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault();
              change(wholeScheduleOf(when));
            }}
          >
            {error !== undefined && <Failure error={error} />}
            <WhenFields when={when} errors={fieldErrorsOf(error)} onChange={setWhen} />
            <button type="submit" class="primary" disabled={isBusy}>
              {t.common.save}
            </button>
          </form>
        </Dialog>
      )}
    </section>
  );
}
