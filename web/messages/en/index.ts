import { common } from './common';
import { imports } from './imports';
import { upload } from './upload';

export const en = { common, imports, upload };

/** The same texts in another language: a missing one fails the type check. */
type Texts<Tree> = { readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Texts<Tree[Key]> };
export type Messages = Texts<typeof en>;
