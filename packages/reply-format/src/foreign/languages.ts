import { suffixOf } from '../file-kind.ts'

/** Tags of fences and suffixes of files that mean the same language, or one so near that models mix them up. */
const LANGUAGES: readonly (readonly string[])[] = [
  'python py py3 python3 pyi pyw ipython gyp sage',
  'javascript js jsx mjs cjs node typescript ts tsx mts cts es6 ecmascript vue svelte astro',
  'html htm xhtml vue svelte astro xml svg jinja jinja2 j2 erb ejs hbs handlebars mustache blade php twig njk liquid razor cshtml',
  'css scss sass less styl',
  'c h cpp c++ cc cxx hpp hh hxx ino cuda cu objective-c objc m mm',
  'csharp cs c#',
  'java kotlin kt kts groovy gradle scala sc',
  'go golang',
  'rust rs',
  'ruby rb erb rake gemfile rakefile gemspec',
  'php phtml',
  'perl pl pm t',
  'shell sh bash zsh ksh fish dash bats',
  'powershell ps1 psm1 pwsh',
  'batch bat cmd',
  'swift',
  'dart',
  'lua',
  'r',
  'julia jl',
  'haskell hs',
  'ocaml ml mli',
  'fsharp fs f#',
  'elixir ex exs eex heex',
  'erlang erl hrl',
  'clojure clj cljs edn',
  'lisp el scm rkt scheme',
  'zig',
  'nim',
  'sql psql mysql sqlite plsql',
  'json jsonc json5 jsonl',
  'yaml yml',
  'toml',
  'ini cfg conf properties env dotenv editorconfig',
  'xml xsd xsl xslt plist pom',
  'markdown md mdx rst asciidoc adoc org text txt plaintext tex latex',
  'make makefile mk',
  'docker dockerfile containerfile',
  'cmake txt cmakelists',
  'terraform tf hcl',
  'proto protobuf',
  'graphql gql',
  'csv tsv',
  'vim viml',
  'nix',
  'fortran f90 f95 f',
  'asm s nasm',
].map((names) => names.split(' '))

/** Tags of what is run or printed, not saved. */
const RUN = new Set(
  'sh bash zsh shell console shell-session shellsession sh-session terminal cmd powershell ps1 pwsh bat batch output log logs stdout stderr traceback pycon'.split(
    ' ',
  ),
)
const NEUTRAL = new Set(['', 'text', 'txt', 'plaintext', 'plain', 'code', 'file', 'none', 'raw'])

/** How the tag of a fence fits a file: its language, no language at all, another one. */
export function fitOf(tag: string, path: string): 'same' | 'neutral' | 'other' {
  const [language, suffix] = [tag.toLowerCase(), suffixOf(path)]
  if (language === suffix || LANGUAGES.some((names) => names.includes(language) && names.includes(suffix)))
    return 'same'
  return NEUTRAL.has(language) || !isKnownSuffix(language) ? 'neutral' : 'other'
}

/** Whether a fence with this tag holds commands or output. */
export function isRunTag(tag: string): boolean {
  return RUN.has(tag.toLowerCase())
}

/** Whether files of this suffix are known: `example.com` is not a file, `example.py` is. */
export function isKnownSuffix(suffix: string): boolean {
  return LANGUAGES.some((names) => names.includes(suffix))
}
