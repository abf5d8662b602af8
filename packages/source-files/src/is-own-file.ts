const OWN = /(?:^|\/)(?:lr\.yaml|FIXES\.md)$/

/**
 * Whether a file is the configuration or the record of a loop. A folder does not stand for these: no reply may change
 * them, and a check that finds nothing else to look at would pass by them.
 */
export function isOwnFile(path: string): boolean {
  return OWN.test(path)
}
