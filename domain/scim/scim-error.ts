/** What a request of SCIM does wrong, by the words of RFC 7644, section 3.12. */
export type ScimErrorType =
  'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'noTarget' | 'uniqueness';

/** Thrown for a request that a client of SCIM has to change. `message` is for people. */
export class ScimError extends Error {
  override readonly name = 'ScimError';

  constructor(
    readonly scimType: ScimErrorType,
    message: string,
  ) {
    super(message);
  }
}
