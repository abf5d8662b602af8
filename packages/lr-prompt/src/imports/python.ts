import { dirname, join } from 'node:path/posix'
import type { PathIndex } from './path-index.ts'

const FROM = /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)/gm
const IMPORT = /^[ \t]*import[ \t]+([^\n#;]+)/gm

/** `from a.b import c` is a/b.py, a/b/__init__.py or a/b/c.py, below any folder; with dots from the file's own. */
export function pythonImports(path: string, content: string, index: PathIndex): string[] {
  const from = [...content.matchAll(FROM)].flatMap(([, dots = '', module = '', names = '']) => {
    const base = dots === '' ? '' : join(dirname(path), ...Array.from({ length: dots.length - 1 }, () => '..'))
    const modules = namesIn(names).map((name) => (module === '' ? name : `${module}.${name}`))
    return [module, ...modules].flatMap((dotted) => findModule(dotted, { base, isRelative: dots !== '' }, index))
  })
  const whole = [...content.matchAll(IMPORT)].flatMap(([, modules = '']) =>
    namesIn(modules).flatMap((name) => findModule(name, { base: dirname(path), isRelative: false }, index)),
  )
  return [...from, ...whole]
}

interface Origin {
  readonly base: string
  readonly isRelative: boolean
}

function findModule(dotted: string, { base, isRelative }: Origin, index: PathIndex): string[] {
  const file = dotted.replaceAll('.', '/')
  const candidates = file === '' ? ['__init__.py'] : [`${file}.py`, `${file}/__init__.py`, `${file}.pyx`]
  const near = index.first(...candidates.map((one) => join(base, one)))
  return near.length > 0 || isRelative ? near : index.ending(...candidates)
}

/** "(a as b, c)" as a and c */
function namesIn(list: string): string[] {
  return list
    .replaceAll(/[()\\]|#.*/g, ' ')
    .split(',')
    .map((name) => name.trim().split(/\s/)[0] ?? '')
    .filter((name) => /^[\w.]+$/.test(name))
}
