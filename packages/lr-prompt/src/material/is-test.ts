const BY_PLACE =
  /(?:^|\/)(?:tests?|specs?|__tests__|t)\/|(?:^|\/)(?:test_|conftest\.py$|tests?\.\w+$)|[._-](?:test|spec)s?\.\w+$/i
const BY_CLASS = /[a-z\d](?:Tests?|IT|Spec)\.(?:java|kt|scala|groovy|cs|swift|php)$/

/** Whether a file is named like a test, in any language. */
export function isTest(path: string): boolean {
  return BY_PLACE.test(path) || BY_CLASS.test(path)
}
