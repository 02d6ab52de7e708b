import { useState } from 'preact/hooks';
import { answerOf, api } from '../../../api/api';
import { loadStaff } from '../../../api/load-staff';
import { useLoad } from '../../../api/use-load';
import { FormField } from '../../../components/form-field';
import { Failure } from '../../../components/states';
import { tell } from '../../../components/toast';
import { t } from '../../../messages';
import { fill } from '../../../messages/format';

/** Sends the text to a member of staff: whoever signs in with a key is nobody with an address. */
export function TextTest({ id, isChanged }: { id: string; isChanged: boolean }) {
  const staff = useLoad(loadStaff, []);
  const [to, setTo] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const texts = t.texts.test;
  const send = (): void => {
    setIsBusy(true);
    setError(undefined);
    const person = staff.value?.find((one) => one.id === to);
    answerOf(api.POST('/v1/texts/{id}/tests', { params: { path: { id } }, body: { staff: to } }))
      .then(() => tell(fill(texts.sent, { name: `${person?.firstName} ${person?.lastName}` })), setError)
      .finally(() => setIsBusy(false));
  };
  return (
    <section aria-labelledby="text-test">
      <h3 id="text-test">{texts.title}</h3>
      <form
        class="form preview-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <FormField id="test-staff" label={texts.to} hint={isChanged ? texts.saveFirst : texts.hint}>
          <select required value={to} onChange={({ currentTarget }) => setTo(currentTarget.value)}>
            <option value="">{texts.choose}</option>
            {staff.value?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.firstName} {one.lastName}
              </option>
            ))}
          </select>
        </FormField>
        <button type="submit" disabled={isBusy || isChanged || to === ''}>
          {texts.send}
        </button>
      </form>
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}
