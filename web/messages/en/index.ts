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

export const en = {
  ...{ actions, common, dashboard, history, imports, people },
  ...{ schedule, settings, teams, texts, undo, upload },
};

/** The same texts in another language: a missing one fails the type check. */
type Texts<Tree> = { readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Texts<Tree[Key]> };
export type Messages = Texts<typeof en>;
