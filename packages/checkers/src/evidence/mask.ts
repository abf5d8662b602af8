/** What stands for whatever differs from run to run. */
const MASK = '…'

/** Of any program's output, with what is masked in the first group, or without a group in the whole match. */
const ANYWHERE: readonly RegExp[] = [
  /\b0x([0-9a-f]{6,16})\b/gi,
  // Cut off by pytest's summary, which is as wide as the screen.
  /\b0x([0-9a-f]*)(?=\.\.\.)/gi,
  /\/tmp\/([\w-]+)(?=\.\.\.)/g,
  /\bINVOCATION_ID=(\S+)/g,
  /\b[pt]id[ =:]+(\d+)/gi,
  // Threads of Rust (from 1.90) and Go, processes of Erlang, messages of GLib.
  /^thread '.*' \((\d+)\) (?=panicked|has overflowed)/gm,
  /\bgoroutine (\d+)\b/g,
  /#PID<(\d+\.\d+\.\d+)>/g,
  /^\(\S+:(\d+)\): [\w-]+-(?:CRITICAL|WARNING|ERROR|Message)\b/gm,
  /^==(\d+)==/gm,
  /\((?:node|bun|deno):(\d+)\)/g,
  // Of a run of pytest, whose folder is temporary itself.
  /\/pytest-of-[^/\s]+\/pytest-(\d+)/g,
  /(?:\/private)?(?:\/(?:var\/)?tmp|\/var\/folders\/\w+\/\w+\/T)\/([^\s/:'"()<>,]*[A-Za-z0-9_-]{6,}[^\s/:'"()<>,]*)/g,
  /\b(?:random[ -]?(?:ly)?[ -]?seed|seed)[ =:]+(\d+)/gi,
  /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)/gm,
  // In the names of npm's logs.
  /\b(\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d_\d+Z)/g,
  /^\[?(\d\d:\d\d:\d\d(?:[.,]\d+)?)\b/gm,
]

/** What test runners print of time, which scripts and makefiles start, too: in the first group, by the form of the line. */
const RUNNERS: readonly RegExp[] = [
  /\bduration_ms:? (\d+(?:\.\d+)?)/g,
  /^ *[✓✔√✖✗×❯▶].*?[ (](\d+(?:\.\d+)? ?m?s)\)?$/gm,
  /^ *(?:Start at|Duration|Time:) +(\d.*)$/gm,
  /^(?:ok|FAIL)\s+\S+\s+(\d+\.\d+s)$/gm,
  /^ *--- (?:PASS|FAIL|SKIP): .*\((\d+\.\d+s)\)$/gm,
  /, +(\d+ wallclock secs .*)$/gm,
  /\b(\d+\.\d+) sec$/gm,
  /^Finished in \d.*?, (\d.* runs\/s, .*)$/gm,
  /^\[INFO\] Finished at: (\S+)$/gm,
]

/** Elapsed times, by the words that announce them. Not in lines that compare values: there they may be the point. */
const ELAPSED: readonly RegExp[] = [
  /\b(?:in|took|after|elapsed|duration|time|finished|done)[ :=]+(?:in )?(\d+(?:\.\d+)?) ?(?:ms|µs|us|s|sec|secs|seconds|milliseconds|minutes)\b/gi,
  /^(?:real|user|sys)\s+(\d+m\d+[.,]\d+s|\d+[.,]\d+)$/gm,
  /\((\d+(?:\.\d+)? ?[mµ]?s)\)$/gm,
  // Bun
  /^(?:\((?:pass|fail)\) |Ran \d+ tests? ).*\[(\d+(?:\.\d+)? ?m?s)\]$/gm,
]
const COMPARES = /assert|expect|actual|^E\s/i

/**
 * The same tree gives the same text: paths of the working directory become relative, and addresses, process ids,
 * temporary names, clock times and elapsed times are masked.
 *
 * @param own further patterns of the checker, with what is masked in the first group that matches
 */
export function maskText(text: string, cwd: string, own: readonly string[] = []): string {
  let masked = relativePaths(text, cwd)
  for (const pattern of [...ANYWHERE, ...RUNNERS]) masked = masked.replace(pattern, maskGroup)
  for (const pattern of own) masked = masked.replace(new RegExp(pattern, 'gm'), maskGroup)
  if (!ELAPSED.some((pattern) => masked.search(pattern) >= 0)) return masked
  const lines = masked.split('\n').map((line) => (COMPARES.test(line) ? line : maskElapsed(line)))
  return lines.join('\n')
}

function maskElapsed(line: string): string {
  return ELAPSED.reduce((masked, pattern) => masked.replace(pattern, maskGroup), line)
}

function maskGroup(match: string, ...rest: unknown[]): string {
  const group = rest.find((value) => typeof value === 'string' && value !== '' && match.includes(value))
  if (typeof group !== 'string' || group === match) return MASK
  const at = match.lastIndexOf(group)
  return match.slice(0, at) + MASK + match.slice(at + group.length)
}

function relativePaths(text: string, cwd: string): string {
  if (cwd === '/') return text
  const path = cwd.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const rooted = new RegExp(`(?<![\\w./-])(?:file://)?${path}(?:/(?=[^\\s/])|(?![\\w.-]))`, 'g')
  return text.replace(rooted, (match) => (match.endsWith('/') ? '' : '.'))
}
