const FENCE = /^ *(?:`{3,}|~{3,})/gm
/** A fence whose language is the role. */
const SHOW_FENCE = /^(?:`{3,}|~{3,}) *show *\n((?:(?! *(?:`{3}|~{3})).*\n)+)(?:`{3,}|~{3,}) *$/m
const SHOW_LINE = /^[ *_`]*show[ *_`]*:[ *_]*(.+)$/im
/** `show src/a.ts`, `show(src/a.ts)`, `<show>src/a.ts</show>`. */
const SHOW_PATH = /^[ \t]*<*[ \t]*show[ \t(>]+`?([\w./@+-]+\.\w{1,10})`?(?:\)|<\/show>|[ \t>]*)[ \t]*$/im
/** A heading, and the paths below it. */
const SHOW_HEADING = /^[ *_#]+show[ *_:]*\n((?:[ \t]*\n|[ \t]*[-*+]?[ `]*[\w./@+-]+\.\w{1,10}`?[ \t]*(?:\n|$))+)/im
/** A sentence that asks for files, in a reply that does nothing else. */
const ASKS =
  /\b(?:need|like|want|have) to (?:see|view|read|look at|inspect|check)\b|\b(?:provide|share|send|show|give|post|paste)(?: me| us)? (?:with )?(?:the|your|me|`)/i
const PATH = /(?<![\w./@+-])[\w@+-][\w./@+-]*\.\w{1,10}(?![\w/])/g
/** A longer reply says more than that it needs files. */
const MOST_LINES = 12
const MOST_PATHS = 20

/** The paths that a reply without versions asks to see where it is not in the form of a block `show`. */
export function readRequest(text: string): string[] {
  const fences = text.match(FENCE)?.length ?? 0
  const [, fenced] = fences === 2 ? (SHOW_FENCE.exec(text) ?? []) : []
  if (fenced !== undefined) return pathsIn(fenced)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (fences > 0 || lines.length > MOST_LINES) return []
  const [, named] = SHOW_HEADING.exec(text) ?? SHOW_PATH.exec(text) ?? SHOW_LINE.exec(text) ?? []
  return pathsIn(named ?? lines.filter((line) => ASKS.test(line)).join('\n'))
}

function pathsIn(text: string): string[] {
  return [...new Set(text.match(PATH))].slice(0, MOST_PATHS)
}
