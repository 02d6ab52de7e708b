import type { AnswerProblem } from '../http/error-handler';
import { answerWith, setProblemHeaders } from '../http/error-handler';
import type { SignInFault } from './provider-client';

/** Where the page says why nobody is signed in. */
export const faultAddress = (publicUrl: string, fault: SignInFault): string => `${publicUrl}/#/sign-in?fault=${fault}`;

/** A browser that is on its way between the provider and the page is led to the page, which has words for a problem. */
export const answerSignIn: AnswerProblem = (problem, request, response, publicUrl) => {
  if (problem.status === 404 || problem.status === 405) return answerWith(problem, request, response, publicUrl);
  request.problemCode = problem.code;
  setProblemHeaders(response, problem.options);
  const fault = problem.status === 429 ? 'busy' : problem.status === 503 ? 'unavailable' : 'failed';
  response.status(303).set('Location', faultAddress(publicUrl, fault)).end();
};
