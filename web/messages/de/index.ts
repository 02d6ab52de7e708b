import type { Messages } from '../en';
import { actions } from './actions';
import { common } from './common';
import { dashboard } from './dashboard';
import { history } from './history';
import { imports } from './imports';
import { people } from './people';
import { schedule } from './schedule';
import { settings } from './settings';
import { teams } from './teams';
import { texts } from './texts';
import { undo } from './undo';
import { upload } from './upload';

export const de: Messages = {
  ...{ actions, common, dashboard, history, imports, people },
  ...{ schedule, settings, teams, texts, undo, upload },
};
