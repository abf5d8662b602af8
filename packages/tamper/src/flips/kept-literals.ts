/** The text around a literal. */
export interface LiteralPlace {
  readonly before: string
  readonly after: string
  readonly line: string
}

/** Lines that load something, or say how many tests there are, or with which options they run. */
const KEPT_LINE =
  /^\s*(?:#!|import\b|from\b[^\n]*\bimport\b|export\b[^\n]*\bfrom\b|use\b|using\b|#\s*include|package\b|require\w*[\s(]|source\s|\.\s+\S|declare\b|set\s)|__name__|\b(?:plan|done_testing|assertions|setTimeout|sleep|strict_types)\b/

/** Whether a line stays as it is. */
export function isKeptLine(line: string): boolean {
  return KEPT_LINE.test(line)
}

/** Exit codes, places in lists, keys of tables, bounds of loops, versions. */
export function isKeptNumber(number: string, { before, after, line }: LiteralPlace): boolean {
  if (/^0\d/.test(number)) return true
  if (/\b(?:return|shift|quit)\s*\(?\s*-?$|\b_?(?:exit|SystemExit|Exit)\b[^;\n]*$/.test(before)) return true
  if (number === '0' && /\w\s*=\s*$/.test(before) && /^\s*(?:[;\n]|$)/.test(after)) return true
  if (/(?:\$\?|\b(?:status|code|rc|fail\w*|err\w*|bad|wrong))\)?"?\s*(?:[=!<>]==?|[<>=]|-\w\w|[+-]=)\s*$/i.test(before))
    return true
  if (/[\w)\]]\[[\d\s,:-]*$/.test(before) && /^[\d\s,:-]*\]/.test(after)) return true
  if (/^\s*(?::(?![:=])|=>)/.test(after) && !/\?[^:\n]*$/.test(before)) return true
  if (isInKey(before, after)) return true
  return /\bfor\s*\([^()]*;[^()]*;|^\s*for\s+\(*\w+\s*=\s*\d/.test(line)
}

/** In a list that is a key: `(1, 2): 3`, `{1, 2}: 3`, `[1, 2] => 3`. */
function isInKey(before: string, after: string): boolean {
  return /(?:^|[{[,(]|\n)\s*[([{][\d\s,.'"-]*$/.test(before) && /^[\d\s,.'"-]*[)\]}]\s*(?::(?![:=])|=>)/.test(after)
}

const LOADS =
  /\b(?:import|from|require(?:_relative)?|open\w*|include(?:_once)?|use|load|source|getBuiltinModule|resolve|join|split)\b[\s(.\w]*$/
const NAMES_TEST =
  /\b(?:test|it|describe|context|suite|specify|subtest|subTest|Run|group|scenario|feature)(?:\.\w+)*\s*\(?\s*$|[)`]\s*\(\s*$|\bname\s*[:=]\s*$|\bids?\s*=\s*\[?[^\]\n]*$/
const NAMES_MEMBER =
  /\b(?:\w*attr|\w*patch\w*|mock|spyOn|respond_to\??|instance_of|typeof)\b[^,;\n]*(?:,\s*)?$|\bparametrize\(\s*[([]?['"\w\s,]*$/
const WORDS =
  /^.(?:utf-?8|ascii|latin-?1|base64|hex|binary|use strict|function|number|string|object|boolean|undefined|symbol|pipe|inherit|ignore)?.$/i

/** Paths, names of tests and members, keys, options, encodings, and strings that are long or contain other values. */
export function isKeptText(token: string, { before, after }: LiteralPlace): boolean {
  if (token.length > 80 || !/[a-z\d]/i.test(token) || /^'''|^"""/.test(token)) return true
  if (WORDS.test(token) || /^.-|[\\/${}%:@]|\.\w{1,5}.$/.test(token)) return true
  if (/^\s*(?::(?![:=])|=>)/.test(after)) return true
  if (/[\w)\]]\[\s*$/.test(before)) return true
  return LOADS.test(before) || NAMES_TEST.test(before) || NAMES_MEMBER.test(before)
}
