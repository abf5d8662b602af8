/** Code that may look up the answers of tests: it opens files that it was not given, or inspects its callers. */
export const ANSWERS = 'reading files by itself, or what its callers hold'

const PIECES = /(['"])[\w./-]{1,20}\1\s*(?:\+|\.\.?)\s*(['"])[\w./-]{1,20}\2/
const GIT = /['"`]git['"` ]/

/** By type of source; a read of a plain variable is not counted, because it may be an argument. */
export const ANSWER_WORDS: Readonly<Record<string, RegExp>> = {
  ...of(
    ['python'],
    [
      /(?<![\w.])open\s*\(\s*(?![\w.]+\s*[,)])|\bPath\s*\(\s*[^\w\s)]|\b(?:r?glob|iterdir|listdir|scandir|walk|getsource\w*)\s*\(|\blinecache\b|\b__file__\b/,
      /\b(?:_getframe|_current_frames|currentframe|settrace|setprofile)\b|\binspect\.(?:stack|trace|get\w*frames?)\b|\b(?:f_back|f_locals|f_globals|tb_frame)\b|\btraceback\.\w+_stack\b/,
    ],
  ),
  ...of(
    ['javascript', 'jsx', 'typescript', 'tsx'],
    [
      /\b(?:readFile|createReadStream|open)(?:Sync)?\s*\(\s*(?![\w.]+\s*[,)])|\b(?:readdir|opendir|glob)(?:Sync)?\s*\(|\b__(?:dir|file)name\b|\bimport\.meta\.(?:url|dirname|filename)\b/,
      /\.stack\b|\['sta|\b(?:captureStackTrace|prepareStackTrace|callee)\b|['"](?:node:)?inspector['"]|\brequire\.main\b/,
    ],
  ),
  ...of(
    ['shell', 'bats'],
    [
      /\$\{?0\b|\bBASH_(?:SOURCE|LINENO|COMMAND|ARGV)\b|\bFUNCNAME\b|\bcaller\b|\b(?:ls|find)\s/,
      /\b(?:cat|sed|awk|grep|head|tail|cut|mapfile)\b[^\n]*[\w*?\]}]\.\w|\b(?:cat|sed|awk|grep|head|tail|cut)\b[^\n]*\s[\w./]*[*?[]/,
      /(?<!<)<\s*["']?[\w./$*?]/,
    ],
  ),
  ...of(['c', 'c++'], [/\b(?:fopen|freopen|opendir|open|mmap|glob|backtrace)\s*\(|\bifstream\b/]),
  ...of(
    ['perl'],
    [/\bopen\b|\bglob\b|\bopendir\b|<\*|\bslurp\b|\b__FILE__\b|\bFindBin\b|\$0\b|\bcaller\b|\bPadWalker\b|\bDB::/],
  ),
  ...of(
    ['php'],
    [
      /\b(?:file|fopen|file_get_contents|readfile)\s*\(\s*(?!\$\w+\s*[,)])|\b(?:glob|scandir|opendir|get_included_files|debug_\w*backtrace)\s*\(|\b__(?:FILE|DIR)__\b|\$GLOBALS\b|\bglobal\s+\$|\bSplFileObject\b|getTrace/,
    ],
  ),
  ...of(
    ['ruby'],
    [
      /\b(?:File|IO)\.(?:open|read\w*|foreach|binread)\s*\(?\s*(?![\w.@]+\s*[,)\n])|\bDir\b|\b__(?:FILE|dir)__|\bcaller\w*\b|\$0\b|\bPathname\b|\bTracePoint\b|\bbinding\b|\bDATA\b/,
    ],
  ),
  ...of(
    ['go'],
    [
      /\bos\.(?:ReadFile|Open|ReadDir)\s*\(\s*(?!\w+\s*[,)])|\bfilepath\.(?:Glob|Walk\w*)\b|\bgo:embed\b|\bruntime\.(?:Callers?|Stack)\b/,
    ],
  ),
  ...of(['rust'], [/\bfs::read\w*\b|\bFile::open\b|\binclude_(?:str|bytes)!|\bbacktrace\b/]),
  ...of(['lua'], [/\bio\.(?:open|lines|input)\b|\bloadfile\b|\bdebug\.\w+|\barg\s*\[/]),
}

function of(types: readonly string[], patterns: readonly RegExp[]): Record<string, RegExp> {
  const all = new RegExp([...patterns, PIECES, GIT].map(({ source }) => `(?:${source})`).join('|'), 'g')
  return Object.fromEntries(types.map((type) => [type, all]))
}
