import type { AnswerProblem } from '../http/error-handler';
import { answerWith, setProblemHeaders } from '../http/error-handler';
import type { HttpProblem } from '../http/http-problem';
import type { State } from './languages/words';
import { sendJoinPage } from './send-join-page';

/** A problem as a page in the language of the visitor; as a problem document for programs that do not read HTML. */
export const answerVisitor: AnswerProblem = (problem, request, response, publicUrl) => {
  if (request.accepts('text/html') === false) return answerWith(problem, request, response, publicUrl);
  setProblemHeaders(response, problem.options);
  sendJoinPage(request, response, { status: problem.status, state: stateOf(problem) });
};

function stateOf({ status }: HttpProblem): State {
  if (status === 404) return 'unknown';
  if (status === 429) return 'tooMany';
  return status >= 500 ? 'unavailable' : 'failed';
}
