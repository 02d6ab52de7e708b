/** By code: a title, and what it means and what to do in sentences that hold for each occurrence. */
export type InGerman<Types> = Readonly<Record<keyof Types, readonly [title: string, detail: string]>>;
