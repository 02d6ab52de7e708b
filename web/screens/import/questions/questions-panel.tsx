import { useState } from 'preact/hooks';
import type { Schemas } from '../../../../client';
import { answerOf, api } from '../../../api/api';
import { Failure } from '../../../components/states';
import { t } from '../../../messages';
import { useSession } from '../../../shell/session';
import type { Import } from '../model';
import { MatchColumns } from './match-columns';

type Question = Schemas['Question'];
type Choices = NonNullable<Parameters<typeof choose>[1]>;

const choose = (
  id: string,
  choices: { [Option in Question['option']]?: string | Record<string, string> } & { keepMapping?: boolean },
): Promise<Import> =>
  answerOf(api.POST('/v1/imports/{id}/choices', { params: { path: { id } }, body: choices as never }));

interface QuestionsPanelProps {
  importView: Import;
  /** With the import as it is after the answer. */
  onAnswered: (importView: Import) => void;
}

/** What only a person can tell of this file, one question after the other. */
export function QuestionsPanel({ importView, onAnswered }: QuestionsPanelProps) {
  const [error, setError] = useState<unknown>();
  const [isAsking, setIsAsking] = useState(false);
  const { mayImport } = useSession();
  const [question] = importView.questions;
  if (!question) return null;
  const answer = (choices: Choices): void => {
    setError(undefined);
    setIsAsking(true);
    choose(importView.id, choices)
      .then(onAnswered, setError)
      .finally(() => setIsAsking(false));
  };
  return (
    <section class="panel" aria-labelledby="question">
      <h2 id="question">{question.kind === 'columns' ? t.imports.questions.columns : t.imports.questions.title}</h2>
      <p>{question.message}</p>
      {mayImport ? (
        <>
          {question.kind === 'columns' ? (
            <MatchColumns
              key={importView.id}
              kind={importView.kind}
              columns={question.columns ?? []}
              guess={question.mapping ?? {}}
              isAsking={isAsking}
              onAnswer={(mapping, keepMapping) => answer({ mapping, keepMapping })}
            />
          ) : (
            <ul class="answers">
              {question.choices.map(({ value, label, sample }) => (
                <li key={value}>
                  <button type="button" disabled={isAsking} onClick={() => answer({ [question.option]: value })}>
                    {labelOf(question.kind, value) ?? label}
                  </button>
                  {sample !== null && <span class="quiet small sample">{sample}</span>}
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <p class="quiet">{t.common.notAllowed}</p>
      )}
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}

/** In words where a choice is no name, such as that of a sheet. */
function labelOf(kind: Question['kind'], value: string): string | undefined {
  const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = t.imports.questions.choices;
  return choices[kind]?.[value];
}
