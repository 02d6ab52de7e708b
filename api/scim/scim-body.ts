import type { RequestHandler } from 'express';
import { HttpProblem } from '../http/http-problem';
import { jsonBody } from '../http/parse';

/** A name of an attribute, or a path as an operation may have it in place of one. */
const KEY = /^[a-z][\w:.-]*(?:\[[^\]]*\])?(?:\.\$?\w+)?$/i;
/** What every object inherits. */
const INHERITED = new Set(['constructor', 'prototype']);
const MOST_CHARACTERS = 1_000;

/**
 * Reads a body of SCIM, which may have attributes that nobody here knows: they are passed over, but none may be an operator of a database or
 * a part of a prototype.
 */
export const scimBody: RequestHandler = (request, response, next) => {
  jsonBody(request, response, (error?: unknown) => {
    if (error === undefined && !isOfAttributes(request.body))
      return next(
        new HttpProblem(
          400,
          'scim-invalid-syntax',
          `The body must have names of attributes only, and texts of at most ${MOST_CHARACTERS} characters. Nothing was done.`,
        ),
      );
    next(error);
  });
};

function isOfAttributes(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MOST_CHARACTERS && !/[\0\p{Cs}]/u.test(value);
  if (Array.isArray(value)) return value.every(isOfAttributes);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, one]) => KEY.test(key) && !INHERITED.has(key.toLowerCase()) && isOfAttributes(one),
  );
}
