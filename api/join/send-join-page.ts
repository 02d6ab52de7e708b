import type { Request, Response } from 'express';
import { sendFormPage } from '../http/answers';
import { renderJoinPage, STYLE_HASH } from './join-page';
import { isLanguage, languageOf } from './languages/index';
import type { State } from './languages/words';

export interface JoinAnswer {
  status: number;
  state: State;
  organisationName?: string | undefined;
}

/** Answers with the page in the language of the visitor. */
export function sendJoinPage(request: Request, response: Response, { status, state, organisationName }: JoinAnswer) {
  const language = languageOf(request);
  const view = { state, language, organisationName, isChosen: isLanguage(request.query['lang']) };
  sendFormPage(response, { status, style: STYLE_HASH }, renderJoinPage(view));
}
