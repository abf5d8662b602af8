import type { DeviationCode } from '../deviations.ts'

/** A form of reply that is not applied. */
export interface RefusedForm {
  readonly code: DeviationCode
  /** What it is, in words. */
  readonly form: string
  readonly path: string | undefined
}

const ATTRIBUTE = /\s(?:path|file|filename|file_?name|file_?path|name|target|title|src)\s*=\s*["']([^"'\s]+)["']/i
const TOOL_TAG =
  /^\s*<\/?\|?(?:tool_calls?|tool_use|function_calls?|function_results|invoke|antml:\w+|function=[\w.]+|parameter=\w+|write_to_file|replace_in_file|apply_diff|insert_content|search_and_replace|edit_file|create_file|write_file|str_replace_editor|str_replace_based_edit_tool|str_replace|apply_patch|python_tag)\b[^>]*\|?>|^\s*<[|｜](?=[^<>]*(?:tool|function|DSML|python_tag))[^<>]*>|^\s*(?:<\|\w+\|>\w*)*<\|channel\|>\w+ to=|^\s*<\w+:(?:tool_calls?|function_calls|invoke)>|^\s*\[TOOL_CALLS?\]|^\s*(?:functions|tools|default_api)\.\w+\(/i
const FILE_TAG =
  /^\s*<(?:file|document|edit|change|code|code_change|artifact|antArtifact|boltAction|boltArtifact|lov-write|source|sourcecode|patch|replacement|new_file|update|write|modification|answer|solution|file_contents?|content|path|filename|search|replace|codeblock|[a-z]+-(?:write|edit|file|create|modify|rename|delete|code))(?=[\s>])[^>]*>/i
const INNER_PATH = /^\s*<(?:path|file_?name|file_?path|name)>\s*([^<\s]+)\s*<\//i
const HEREDOC = /<<-?\s*(['"\\]?)([A-Za-z_]\w*)\1/
/** A longer line is not looked at. */
const LONGEST = 2000
const WRITER = /^(?:cat|tee|printf|echo|python3?|node|perl|ruby|ed|patch|git apply|g?sed)\b/
const INTERPRETER = /^(?:python3?|node|perl|ruby|ed|patch|git apply)\b/
const IN_PLACE = /^(?:g?sed|perl|ruby)\s+(?:\S+\s+)*?-\w*i/
const JSON_PATH = /"(?:path|file|file_?name|file_?path|target_?file|absolute_path|relative_path|uri)"\s*:\s*"([^"]+)"/i
const JSON_CONTENT =
  /"(?:\w*content|contents|code|edits?|diff|patch|(?:new|old|updated)(?:_?(?:str(?:ing)?|text|code|lines|value))?|search|after|replace(?:ment|With)?|arguments|parameters|changes|command|source|text|value|body|input)"\s*:/i
/** `{"a.py": "line\nline"}` */
const JSON_MAP = /"[^"\n]*\.\w+"\s*:\s*"(?:[^"\\]|\\[^n])*\\n/

/** Reads one line as part of a form that is not applied; undefined for any other line. @param isKnown whether there is such a file */
export function readRefusedLine(line: string, isKnown: (name: string) => boolean): RefusedForm | undefined {
  return readTag(line) ?? readCall(line, isKnown) ?? readShellWrite(line, isKnown)
}

const CALL =
  /^\s*(?:print\()?\[?[\w.]*(?:write|edit|create|replace|update|patch|insert|save)\w*\((?=.*\b(?:old|new|\w*content|code|text|diff|patch|edits?)\w*\s*=)/i
const CALL_PATH = /[(,\s](?:path|file|file_?name|file_?path|target_?file)\s*=\s*["'`]([^"'`]+)["'`]/i

/** `edit_file(path="a.py", old_str="…", new_str="…")` */
function readCall(line: string, isKnown: (name: string) => boolean): RefusedForm | undefined {
  if (line.length > LONGEST || !CALL.test(line)) return undefined
  const path = CALL_PATH.exec(line)?.[1]
  return path !== undefined && isKnown(path) ? { code: 'tool-call', form: 'a call of a function', path } : undefined
}

/** Reads one line as part of a tool call, or of a file in XML; undefined if it is neither. */
function readTag(line: string): RefusedForm | undefined {
  if (!/^\s*[<[ft]/.test(line) && !line.includes('default_api')) return undefined
  if (TOOL_TAG.test(line)) return { code: 'tool-call', form: 'a tool call', path: pathIn(line) }
  const path = pathIn(line)
  if (INNER_PATH.test(line)) return { code: 'xml-reply', form: 'XML', path }
  const isFile =
    FILE_TAG.test(line) &&
    (path !== undefined || /^\s*<(?:source|sourcecode|file|boltArtifact|antArtifact)\b/i.test(line))
  return isFile ? { code: 'xml-reply', form: 'XML', path } : undefined
}

function pathIn(line: string): string | undefined {
  const name = INNER_PATH.exec(line)?.[1] ?? ATTRIBUTE.exec(line)?.[1]
  return name !== undefined && /[./]/.test(name) ? name : undefined
}

/** Reads one line as a shell command that writes a file; undefined for any other line. */
export function readShellWrite(line: string, isKnown: (name: string) => boolean): RefusedForm | undefined {
  if (line.length > LONGEST) return undefined
  const commands = line.replace(/^\s*[$#>]\s+/, '').split(/&&|\|\||;(?!;)/)
  return commands.map((command) => readCommand(command.replace(/^\s*(?:sudo\s+)?/, ''), isKnown)).find(Boolean)
}

function readCommand(command: string, isKnown: (name: string) => boolean): RefusedForm | undefined {
  if (!WRITER.test(command)) return undefined
  const path = targetOf(command)
  if (HEREDOC.test(command) && (path !== undefined || INTERPRETER.test(command))) {
    return { code: 'shell-command', form: 'a shell command with a here-document', path }
  }
  if (path !== undefined && isKnown(path)) {
    return { code: 'shell-command', form: 'a shell command that writes a file', path }
  }
  const edited = IN_PLACE.test(command) ? command.split(/\s+/).find(isKnown) : undefined
  return edited === undefined
    ? undefined
    : { code: 'shell-command', form: 'a shell command that edits a file', path: edited }
}

/** The file in the tree that a command writes; undefined if not found. */
function targetOf(command: string): string | undefined {
  const [, redirected] = /(?:^|[^0-9&=-])>{1,2}\s*["']?([^\s"'&|;<>()]+)/.exec(command) ?? []
  const [, teed] = /\btee\s+(?:-a\s+)?["']?([^\s"'&|;<>]+)/.exec(command) ?? []
  return [redirected, teed].find((target) => target !== undefined && !/^[/~$]/.test(target))
}

/** Reads a text as JSON that holds files or a tool call; undefined if it does not. */
export function readJson(text: string): RefusedForm | undefined {
  const start = text.slice(0, 10_000)
  if (!/^\s*[[{]/.test(start)) return undefined
  if (start.includes('*** Begin Patch')) return { code: 'tool-call', form: 'a patch in JSON', path: undefined }
  if (JSON_MAP.test(start)) return { code: 'json-reply', form: 'JSON', path: undefined }
  if (!JSON_CONTENT.test(start)) return undefined
  const path = JSON_PATH.exec(start)?.[1]
  const isCall = /"(?:tool_calls|function|arguments|tool|tool_name)"\s*:/.test(start)
  if (path === undefined && !isCall && !/"(?:files|edits|changes)"\s*:/.test(start)) return undefined
  return { code: isCall ? 'tool-call' : 'json-reply', form: isCall ? 'a tool call in JSON' : 'JSON', path }
}
