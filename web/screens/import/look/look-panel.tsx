import { useState } from 'preact/hooks';
import { answerOf, api } from '../../../api/api';
import { isApiError } from '../../../api/problem';
import { fieldErrorsOf } from '../../../api/field-errors';
import { Failure } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { count, fill, formatMoment, formatNumber } from '../../../messages/format';
import { useSession } from '../../../shell/session';
import { isAtOnce, whenOf, WhenFields, wholeScheduleOf } from '../../schedule/when-fields';
import type { When } from '../../schedule/when-fields';
import type { Import, Row } from '../model';
import { SmsCost } from '../../../components/sms-cost';

interface LookPanelProps {
  importView: Import;
  rows: readonly Row[];
  onChanged: () => void;
}

/** What the plan will do, in sum, and the button that has it done. */
export function LookPanel({ importView, rows, onChanged }: LookPanelProps) {
  const { id, plan, questions, schedule } = importView;
  const { mayImport } = useSession();
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<unknown>();
  // Until somebody touches it, what the upload or the organisation has chosen holds, to the second.
  const [chosen, setChosen] = useState<When>();
  const [isOpen] = useState(() => !isAtOnce(whenOf(schedule)));
  if (!plan) return null;
  const { actions, messages, smsSegments } = plan;
  const texts = t.imports.look;
  const known = actions.update + actions.unchanged + actions.skip;
  const willDo = actions.create + known + actions.wait;
  const noPeople = rows.filter(({ status, problems }) => status !== 'ignored' && problems.some(isNoPerson)).length;
  const run = (asking: Promise<unknown>): void => {
    setIsSending(true);
    setError(undefined);
    asking
      .then(() => tell(t.imports.actions.done), setError)
      .finally(() => {
        setIsSending(false);
        onChanged();
      });
  };
  const path = { params: { path: { id } } };
  const isOutdated = isApiError(error) && error.code === 'plan-outdated';
  const fieldErrors = fieldErrorsOf(error);
  const isAboutTime = 'sendAt' in fieldErrors || 'spread' in fieldErrors;
  const when = chosen ?? whenOf(schedule);
  return (
    <section class="panel" aria-labelledby="look">
      <h2 id="look">{texts.title}</h2>
      <dl class="figures">
        <Figure value={actions.create} label={texts.new} />
        {known > 0 && <Figure value={known} label={texts.existing} />}
        {actions.wait > 0 && <Figure value={actions.wait} label={texts.waiting} />}
        {actions.reject > 0 && <Figure value={actions.reject} label={texts.refused} isBad />}
      </dl>
      {plan.atFirst && (
        <p>
          {texts.atFirst} <Messages {...plan.atFirst} />
        </p>
      )}
      <p>
        {plan.atFirst && texts.atMost} <Messages messages={messages} smsSegments={smsSegments} />
      </p>
      {smsSegments > 0 && <SmsCost cost={plan.smsCost} />}
      {willDo === 0 && <p class="notice notice-warn">{texts.empty}</p>}
      {isOutdated && <p class="notice notice-warn">{texts.outdated}</p>}
      {error !== undefined && !isOutdated && !isAboutTime && <Failure error={error} />}
      {mayImport && (
        <details class="when" open={isOpen || isAboutTime}>
          <summary>{t.schedule.later}</summary>
          <WhenFields when={when} errors={fieldErrors} onChange={setChosen} />
        </details>
      )}
      {mayImport ? (
        <div class="actions">
          <button
            type="button"
            class="primary"
            disabled={isSending || willDo === 0 || questions.length > 0}
            onClick={() =>
              run(
                answerOf(
                  api.POST('/v1/imports/{id}/apply', {
                    ...path,
                    body: { planHash: plan.hash, ...(chosen && wholeScheduleOf(chosen)) },
                  }),
                ),
              )
            }
          >
            {sendLabel(when, actions.reject > 0)}
          </button>
          {noPeople > 0 && (
            <button
              type="button"
              disabled={isSending}
              onClick={() =>
                run(answerOf(api.POST('/v1/imports/{id}/ignored-rows', { ...path, body: { suggested: true } })))
              }
            >
              {texts.ignoreSuggested} ({formatNumber(noPeople)})
            </button>
          )}
        </div>
      ) : (
        <p class="quiet">{t.common.notAllowed}</p>
      )}
      {plan.expiresAt !== null && (
        <p class="quiet small">{fill(texts.expires, { when: formatMoment(plan.expiresAt) })}</p>
      )}
    </section>
  );
}

function sendLabel(when: When, isSome: boolean): string {
  const { send, sendSome, sendAt, sendSomeAt } = t.imports.look;
  if (when.at === '' || new Date(when.at) <= new Date()) return isSome ? sendSome : send;
  return fill(isSome ? sendSomeAt : sendAt, { when: formatMoment(new Date(when.at).toISOString()) });
}

const Messages = ({ messages, smsSegments }: Pick<NonNullable<Import['plan']>, 'messages' | 'smsSegments'>) => {
  const { emails, sms, segments } = t.imports.look;
  return (
    <>
      {count(messages.email, emails)} · {count(messages.sms, sms)} ({count(smsSegments, segments)})
    </>
  );
};

const isNoPerson = ({ code }: { code: string }): boolean => code === 'row.not-a-person';

const Figure = ({ value, label, isBad = false }: { value: number; label: string; isBad?: boolean }) => (
  <div class={isBad ? 'figure figure-bad' : 'figure'}>
    <dt>{label}</dt>
    <dd>{formatNumber(value)}</dd>
  </div>
);
