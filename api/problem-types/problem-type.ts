/** What a problem of a request means: for its page, which its `type` leads to, and for the document of the API. */
export interface ProblemType {
  /** Of HTTP; each code has one. */
  status: number;
  /** A few words, the same for each occurrence. */
  title: string;
  meaning: string;
  fix: string;
}
