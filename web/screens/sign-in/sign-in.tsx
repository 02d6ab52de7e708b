import { useEffect, useState } from 'preact/hooks';
import { answerOf, api } from '../../api/api';
import { isApiError } from '../../api/problem';
import { Failure, Loading } from '../../components/states';
import { t } from '../../messages';
import { CompanyAccount, hasCompanyAccounts, takeReturn } from './company-account';

/** Why somebody who was signed in is not any more. */
export type SignedOut = 'ended' | 'elsewhere';

interface SignInProps {
  because: SignedOut | undefined;
  /** Of a link that signs in once. */
  ticket: string | undefined;
  /** Why an account of the company did not sign in. */
  fault: string | undefined;
  onDone: () => void;
}

export function SignIn({ because, ticket, fault, onDone }: SignInProps) {
  const [key, setKey] = useState('');
  const [isAsking, setIsAsking] = useState(ticket !== undefined);
  const [error, setError] = useState<unknown>();
  const texts = t.common.signIn;

  const enter = (by: { key: string } | { ticket: string }): void => {
    setIsAsking(true);
    setError(undefined);
    answerOf(api.POST('/v1/session', requestOf(by))).then(
      () => {
        if ('ticket' in by) location.hash = takeReturn();
        onDone();
      },
      (reason: unknown) => {
        setIsAsking(false);
        setError(reason);
      },
    );
  };
  useEffect(() => {
    if (ticket !== undefined) enter({ ticket });
  }, []);

  if (isAsking && ticket !== undefined) return <Loading />;
  const isWrong = isApiError(error) && error.status === 401;
  return (
    <main class="sign-in">
      <p class="product">{t.common.product}</p>
      <h1>{texts.title}</h1>
      {because && <p class="notice">{texts[because]}</p>}
      <CompanyAccount fault={fault} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter({ key: key.trim() });
        }}
      >
        <label for="key">{texts.key}</label>
        <input
          id="key"
          type="password"
          autocomplete="current-password"
          required
          value={key}
          aria-describedby="key-hint"
          aria-invalid={isWrong}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
        <p id="key-hint" class="quiet small">
          {texts.hint}
        </p>
        {isWrong && (
          <p class="field-error" role="alert">
            {ticket !== undefined && key === '' ? texts.ticket : texts.wrong}
          </p>
        )}
        {error !== undefined && !isWrong && <Failure error={error} />}
        <button type="submit" class={hasCompanyAccounts ? undefined : 'primary'} disabled={isAsking}>
          {texts.submit}
        </button>
      </form>
      <p class="quiet small">{texts.local}</p>
    </main>
  );
}

const requestOf = (by: { key: string } | { ticket: string }) =>
  'key' in by ? { headers: { Authorization: `Bearer ${by.key}` } } : { params: { query: { ticket: by.ticket } } };
