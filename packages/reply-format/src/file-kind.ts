/** The file's suffix in small letters, without the dot; a name without one counts whole: `makefile`. */
export function suffixOf(path: string): string {
  const name = nameOf(path)
  return name.slice(name.lastIndexOf('.') + 1)
}

const PROSE = new Set([
  'md',
  'mdx',
  'markdown',
  'txt',
  'text',
  'rst',
  'adoc',
  'asciidoc',
  'tex',
  'org',
  'readme',
  'license',
  'licence',
  'copying',
  'notice',
  'authors',
  'contributors',
  'changelog',
  'changes',
  'news',
  'todo',
])

/** Files that a program reads line by line, whatever their suffix. */
const READ_BY_PROGRAMS =
  /^(?:[\w.-]*(?:requirements?|constraints?)[\w.-]*|cmakelists|meson_options|robots|ads|app-ads|security|runtime|packages|aptfile|dependencies|manifest|filelist|allowlist|denylist|stopwords|wordlist|top_level|entry_points|requires|version)\.txt$/

/** Whether a file contains prose, in which almost any line is possible. */
export function isProse(path: string): boolean {
  return (
    PROSE.has(suffixOf(path)) &&
    !READ_BY_PROGRAMS.test(nameOf(path)) &&
    !/(?:^|\/)requirements\/[^/]+\.txt$/i.test(path)
  )
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase()
}
