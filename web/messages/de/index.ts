import type { Messages } from '../en';
import { actions } from './actions';
import { common } from './common';
import { imports } from './imports';
import { upload } from './upload';

export const de: Messages = { actions, common, imports, upload };
