import type { ProblemCode } from '../../../../contract/problem-codes';
import type { TranslatedText } from '../problem-text';
import { GERMAN_CELL_PROBLEMS, GERMAN_MAPPING_PROBLEMS } from './cell-problems';
import { GERMAN_FILE_PROBLEMS } from './file-problems';
import { GERMAN_INVITATION_PROBLEMS } from './invitation-problems';
import {
  GERMAN_EMAIL_PROBLEMS,
  GERMAN_MOBILE_PROBLEMS,
  GERMAN_PERSON_PROBLEMS,
  GERMAN_TEAM_PROBLEMS,
} from './person-problems';

/** The texts of every problem code in German, for the page. */
export const GERMAN_PROBLEMS: Readonly<Record<ProblemCode, TranslatedText>> = {
  ...GERMAN_FILE_PROBLEMS,
  ...GERMAN_MAPPING_PROBLEMS,
  ...GERMAN_CELL_PROBLEMS,
  ...GERMAN_EMAIL_PROBLEMS,
  ...GERMAN_PERSON_PROBLEMS,
  ...GERMAN_MOBILE_PROBLEMS,
  ...GERMAN_TEAM_PROBLEMS,
  ...GERMAN_INVITATION_PROBLEMS,
};
