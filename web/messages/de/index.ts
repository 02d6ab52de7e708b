import type { Messages } from '../en';
import { common } from './common';
import { imports } from './imports';
import { upload } from './upload';

export const de: Messages = { common, imports, upload };
