import { basename, dirname, extname, join } from 'node:path/posix'
import { pathWords } from '../evidence/path-words.ts'
import { cImports, goImports, javaImports, rustImports } from './compiled.ts'
import { javascriptImports, type Package } from './javascript.ts'
import type { PathIndex } from './path-index.ts'
import { pythonImports } from './python.ts'

/** The sources, and the data for resolving imports. */
export interface Sources {
  readonly index: PathIndex
  readonly packages: readonly Package[]
}

/** The paths of sources that a file imports, loads or names. */
export function findImports(path: string, content: string, sources: Sources): Set<string> {
  const found = [...importsOf(path, content, sources), ...mentioned(path, content, sources.index)]
  const wanted = found.length > 0 ? found : testedBy(path, sources.index)
  return new Set(wanted.filter((one) => one !== path))
}

function importsOf(path: string, content: string, sources: Sources): string[] {
  const { index } = sources
  const extension = extname(path)
  if (/^\.(?:pyi?|pyx)$/.test(extension)) return pythonImports(path, content, index)
  if (/^\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(extension)) return javascriptImports(path, content, sources)
  if (extension === '.go') return goImports(path, content, index)
  if (extension === '.rs') return rustImports(path, content, index)
  if (/^\.(?:java|kt|scala|groovy)$/.test(extension)) return javaImports(path, content, index)
  if (/^\.(?:c|h|cc|cpp|cxx|hh|hpp|m|mm)$/.test(extension)) return cImports(path, content, index)
  if (extension === '.rb') return rubyImports(path, content, index)
  if (extension === '.php') return phpImports(content, index)
  return []
}

function rubyImports(path: string, content: string, index: PathIndex): string[] {
  return [...content.matchAll(/\b(require_relative|require|load)[\s(]+['"]([^'"\n]+)['"]/g)].flatMap(
    ([, how, name = '']) => {
      const file = name.endsWith('.rb') ? name : `${name}.rb`
      return how === 'require_relative' ? index.first(join(dirname(path), file)) : index.ending(`lib/${file}`, file)
    },
  )
}

function phpImports(content: string, index: PathIndex): string[] {
  return [...content.matchAll(/^[ \t]*use[ \t]+([\w\\]+)/gm)].flatMap(([, name = '']) => {
    const parts = name.split('\\')
    return index.ending(...parts.map((_part, at) => `${parts.slice(at).join('/')}.php`))
  })
}

/** Files that the text names (`node bin/cli.js`, `source ./lib.sh`) by their path, from its own folder or from the top, or by a base name that no other has. */
function mentioned(path: string, content: string, index: PathIndex): string[] {
  return [...pathWords(content)].flatMap((word) => {
    const found = index.first(join(dirname(path), word), join(word.replace(/^\/+/, '')))
    if (found.length > 0 || word.includes('/')) return found
    const same = index.paths.filter((one) => basename(one) === word)
    return same.length === 1 ? same : []
  })
}

/** By the usual names of tests: `test_a.py`, `a_test.go`, `a.spec.ts` and `ATest.java` test `a`. */
function testedBy(path: string, index: PathIndex): string[] {
  const extension = extname(path)
  const bare = basename(path, extension)
  const tested = bare.replace(/^test[_-]|[._-](?:test|tests|spec)$|(?:Tests?|Spec|IT)$/i, '')
  return tested === bare || tested === '' ? [] : index.ending(`${tested}${extension}`)
}
