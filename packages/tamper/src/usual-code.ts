/** Variables that test runners and services for tests set. */
const OF_TESTS = String.raw`\w*(?:TEST|JEST|MOCHA|BATS|TAP|HARNESS|PROVE|SPEC|COVERAGE|RUNNER|GITHUB|NODE_ENV)\w*|CI`
/** The name of any other variable, in quotes. */
const OTHER_VARIABLE = String.raw`["'](?!(?:${OF_TESTS})["'])\w+["']`

/** The name of one of the program's own, whose beginning is there: `f"APP_{name}"`, `'APP_' + name`. */
const OWN_VARIABLE = String.raw`f?["'\x60](?!(?:${OF_TESTS})_)[A-Z][A-Z\d]*_(?:\$?\{|["']\s*\+)`

/** Code that runs only if its file is started as a program: the line, and what is indented below it. */
const MAIN =
  /^[ \t]*(?:if\s+__name__\s*==|if\s*\(\s*(?:require\.main\s*===?\s*module|module\s*===?\s*require\.main)|if\s+(?:__FILE__\s*==\s*\$|\$0\s*==)|if\s*\[\[?\s*"?\$\{?BASH_SOURCE\b[^\n]*=)[^\n]*(?:\n(?:[ \t]+[^\n]*)?(?=\n|$))*/gm

/**
 * Common ways in which programs read their arguments, end with an error, clean up, and compare their own attributes.
 */
const USUAL: Readonly<Record<string, readonly RegExp[]>> = {
  python: [
    /\bsys\.argv\[[1-9]\d*:?\]|\blen\(sys\.argv\)/g,
    /\b(?:sys\.exit|SystemExit|exit)\(\s*(?:[1-9]|f?["']|(?:\w+\.)?main\(|e(?:rr(?:or)?)?\b)/g,
    /\bos\.environ(?:\[|\.get\()\s*(?:key|name|var)\b|\b(?:key|name|var) (?:not )?in os\.environ\b(?!\.)/g,
    /\bin sys\.modules\b(?![.[])|(?<!\bdel )\bsys\.modules\[\w+\](?!\s*=(?!=)|\.\w+\s*=(?!=))/g,
    /\bexcept\b[^\n:]*\b(?:KeyboardInterrupt|SystemExit)\b[^\n:]*|\bsignal\.pause\(\)|\bsignal\.signal\(\s*signal\.SIG(?:INT|TERM|HUP|PIPE)\b/g,
    new RegExp(
      String.raw`\bos\.(?:environ\[|environ\.(?:get|setdefault|pop)\(|getenv\()\s*(?:${OTHER_VARIABLE}|${OWN_VARIABLE})`,
      'g',
    ),
    new RegExp(
      String.raw`${OTHER_VARIABLE} (?:not )?in os\.environ\b(?!\.)|\bos\.environ\.copy\(\)|\*\*os\.environ\b`,
      'g',
    ),
    /\binspect\.(?:signature|is\w+|getdoc|cleandoc|Parameter|getmembers|getmro)\b/g,
    /\b(?:object\.__setattr__|setattr)\(self\b|\b(?:self|other|cls|type\(self\))\.__dict__\b/g,
    /\bdef __(?:eq|ne|lt|le|gt|ge)__\(\s*\w+\s*,\s*(\w+)(?=[^]{0,300}?(?:\b\1\.\w|\bNotImplemented\b|\bnot \w+ == \1\b))|\btotal_ordering\b/g,
    /\bdef (?:__(?:bool|contains)__|startswith|endswith)\((?=[^\n]*\n[^\n]*\bself\.)/g,
    /\bimport atexit\b|\batexit\.register\(\s*(?:\w+\.)*\w*(?:clean|close|flush|remove|rmtree|save|shutdown|stop|unlink)\w*\b/g,
    /(?<=^#![^]*)(?:\bsys\.exit\(|\bSystemExit\b)/g,
    /\bimport_module\(\s*(?:f?["'][\w.{}]+["']\s*\)|\w+\s*[,)])|\bb64decode\b/g,
  ],
  javascript: [
    /\bprocess\.argv(?:\.slice\(\s*2\s*\)|\[[2-9]\]|\.length\s*(?:<|[!=]==?|>=?\s*[2-9]))/g,
    /\bprocess\.exit\(\s*(?:[1-9]|await\s|main\()|\bprocess\.exitCode\s*(?:\|\|=|\?\?=|=)\s*(?:[1-9]|await\s|main\()/g,
    /\bprocess\.(?:on|once)\(\s*['"]SIG\w+['"]|(?<=^#![^]*)\bprocess\.(?:exit\w*|(?:on|once)(?=\(\s*['"]un))\b/g,
    new RegExp(
      String.raw`\bprocess\.env(?:\.(?!(?:${OF_TESTS})\b)\w+|\[(?:${OTHER_VARIABLE}\]|${OWN_VARIABLE}))|(?:\.{3}|\benv: )process\.env\b(?![.[])`,
      'g',
    ),
    /\bimport\.meta\.env\.(?:VITE_\w+|DEV|PROD|BASE_URL)\b/g,
    /\bObject\.(?:assign|definePropert\w+|setPrototypeOf)\s*\(\s*(?:\{|this\b|(?:new )?Object\.create|(?!(?:global|assert|expect|chai|process|require|module|console)\w*\b)[a-z]\w*\b|(?!Object|Array|String|Number|Boolean|Promise|Map|Set|Error|Function|JSON|Math|Date|RegExp|Symbol|Reflect|Buffer)[A-Z]\w*(?:\.prototype)?\s*,)/g,
    /\b(?!Object|Array|String|Number|Boolean|Promise|Map|Set|Error|Function|Date|RegExp|Symbol|Buffer)[A-Z]\w*\.prototype(?:\.\w+|\[Symbol\.\w+\])\s*=\s*(?:async\s+)?function\b/g,
    /\bReflect\.(?:set|defineProperty)\(\s*(?:copy|obj|object|out|receiver|result|target)\b|\bnew Proxy\(\s*(?:target|this|\{\}|obj|object|data|state|source)/g,
    /[=!]==?\s*['"]__proto__['"]|['"]__proto__['"]\s*,\s*['"]constructor['"]|\[Symbol\.toPrimitive\](?=[^]{0,160}?\bthis\.)/g,
    /\bError\.captureStackTrace\?*\.?\(\s*this\b|\bError\.captureStackTrace\s*(?:\)|&&|\?)/g,
    /\bvalueOf\(\)\s*\{\s*return this\.#?\w+|\bSymbol\.(?:toStringTag|species|for)\b|\batob\(/g,
  ],
  shell: [
    /\btrap\s+(?:'[^'\n]*'|"[^"\n]*"|-|\w+)\s+(?:(?:EXIT|INT|TERM|HUP|0|[1-9]\d?)\b\s*)+(?<!\bexit\b[^\n]*)/g,
    /-exec(?:dir)?\b|\bexec\s+(?:"\$@"|"?\$\w+|\d*[<>]&?\d?\s*(?:"?[\w$/.{}-]+"?)?)(?=\s*(?:\n|$))/g,
    /\bkill\s+(?:-\w+\s+)?"?\$\{?(?!\$|PPID)\w+|\bset \+e\b/g,
    /\b(?:dirname|basename|realpath)\s+(?:--\s+)?"?\$\{?(?:BASH_SOURCE(?:\[0\])?\}?|0)/g,
  ],
  ruby: [
    /\bexit\s*\(?\s*(?:[1-9]|false|main\b)|\babort\b|\bProcess\.(?:clock_gettime|pid)\b/g,
    /\bARGV\b|\bdefine_method\b|\balias_method\b|(?<=\.)prepend\b/g,
    /\bdef (?:==|eql\?)\s*\(?(\w+)\)?(?=[^]{0,200}?\b\1\.\w)/g,
    new RegExp(String.raw`\bENV\[${OTHER_VARIABLE}\]`, 'g'),
  ],
  php: [
    /\b(?:exit|die)\s*\(\s*(?:[1-9]|["'$])|\bob_start\b|\bbase64_decode\b|\bini_set\s*\(\s*["'](?!assert|zend)/g,
    new RegExp(
      String.raw`\bgetenv\(\s*${OTHER_VARIABLE}|\$_(?:ENV|SERVER)\[\s*(?!["'](?:argv|SCRIPT|PHP_SELF))${OTHER_VARIABLE}`,
      'g',
    ),
  ],
  perl: [
    /\bexit\s*\(?\s*(?:[1-9]|main\b)|\$SIG\{\s*["']?(?:INT|TERM|HUP|PIPE|ALRM|CHLD)\b|@ARGV\b|\$ARGV\[/g,
    new RegExp(String.raw`\$ENV\{\s*(?:${OTHER_VARIABLE}|(?!(?:${OF_TESTS})\s*\})\w+)\s*\}`, 'g'),
  ],
  go: [
    /\bos\.Exit\(\s*(?:[1-9]|run\(|main)|\bos\.Args\[[1-9]|\blen\(os\.Args\)/g,
    new RegExp(String.raw`\bos\.(?:Getenv|LookupEnv)\(\s*${OTHER_VARIABLE}`, 'g'),
    /\breflect\.(?:DeepEqual|TypeOf|ValueOf|Kind|Type|Value|Struct\w*|Slice|Map|Ptr|Pointer|Int\w*|String|Bool|Float\w*)\b/g,
    /\bsyscall\.(?:SIG\w+|E[A-Z]+|Errno|Stat\w*)\b/g,
  ],
  rust: [
    /\bprocess::exit\(\s*(?:[1-9]|\w+\))|\benv::args\b/g,
    new RegExp(String.raw`\benv::var(?:_os)?\(\s*${OTHER_VARIABLE}`, 'g'),
    /\bimpl\b[^{\n]{0,80}\bPartialEq\b(?=[^]{0,200}?\bother\.)/g,
  ],
  lua: [
    /\bos\.exit\(\s*(?:[1-9]|false)|\barg\[[1-9]\]/g,
    new RegExp(String.raw`\bos\.getenv\(?\s*${OTHER_VARIABLE}`, 'g'),
    /\b__eq\s*=\s*function\s*\((\w+),\s*(\w+)\)(?=[^]{0,120}?\b\1\.\w[^]{0,60}?\b\2\.\w)/g,
  ],
  c: [
    /\b(?:_exit|exit)\s*\(\s*(?:EXIT_FAILURE|[1-9])|\babort\s*\(/g,
    new RegExp(String.raw`\bgetenv\(\s*${OTHER_VARIABLE}`, 'g'),
  ],
}

const SAME: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  typescript: 'javascript',
  tsx: 'javascript',
  'c++': 'c',
}

/** Removes common code that reads settings, ends a program or compares: it is not a reason to doubt. */
export function withoutUsualCode(text: string, type: string): string {
  const patterns = USUAL[SAME[type] ?? type] ?? []
  return [MAIN, ...patterns].reduce((rest, pattern) => rest.replace(pattern, ' '), text)
}
