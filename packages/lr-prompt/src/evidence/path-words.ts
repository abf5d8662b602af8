const NO_PATH_CHARACTER = /[^\w.@+/-]+/
/** A longer word is no path. */
const LONGEST = 300

/** Words of a text that may be paths of files: they hold a dot. A line number behind a path is not part of it. */
export function pathWords(text: string): Set<string> {
  const words = text.split(NO_PATH_CHARACTER).filter((word) => word.length <= LONGEST && word.includes('.'))
  return new Set(words.map((word) => word.replace(/\.+$/, '')))
}
