import { basename, dirname, join } from 'node:path/posix'
import type { PathIndex } from './path-index.ts'

/** `#include "a.h"` is the header and the file that implements it. */
export function cImports(path: string, content: string, index: PathIndex): string[] {
  return [...content.matchAll(/^[ \t]*#[ \t]*include[ \t]+["<]([^">\n]+)[">]/gm)].flatMap(([, written = '']) => {
    const header = index.first(join(dirname(path), written))
    const found = header.length > 0 ? header : index.ending(written)
    return found.flatMap((one) => [one, ...implementationOf(one, index)])
  })
}

function implementationOf(header: string, index: PathIndex): string[] {
  const bare = header.replace(/\.\w+$/, '')
  const extensions = ['c', 'cc', 'cpp', 'cxx']
  const near = index.first(...extensions.map((extension) => `${bare}.${extension}`))
  return near.length > 0 ? near : index.ending(...extensions.map((extension) => `${basename(bare)}.${extension}`))
}

/** The other files of the package, and the packages of the sources that it imports. */
export function goImports(path: string, content: string, index: PathIndex): string[] {
  const written = [...content.matchAll(/"([\w.~-]+(?:\/[\w.~-]+)+)"/g)].map(([, one = '']) => one)
  // A path begins with the module's name, of which the tree says nothing.
  const folders = written.flatMap((one) =>
    one
      .split('/')
      .map((_part, at, all) => all.slice(at).join('/'))
      .slice(1),
  )
  const imported = folders.flatMap((folder) => index.inFolder(folder, '.go'))
  return [...index.inFolder(dirname(path), '.go'), ...imported].filter((one) => !one.endsWith('_test.go'))
}

/** `mod a;` beside the file or below it; `use crate::a::b`, and another crate's name for that of the sources. */
export function rustImports(path: string, content: string, index: PathIndex): string[] {
  const folder = dirname(path)
  const isRoot = /^(?:lib|main|mod)\.rs$/.test(basename(path))
  const own = isRoot ? folder : path.replace(/\.rs$/, '')
  const modules = [...content.matchAll(/^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gm)].flatMap(
    ([, name = '']) => index.first(join(own, `${name}.rs`), join(own, name, 'mod.rs'), join(folder, `${name}.rs`)),
  )
  const uses = [...content.matchAll(/\b(crate|super|self|\w+)::((?:\w+::)*\w+)/g)].flatMap(
    ([, start = '', rest = '']) =>
      /^(?:std|core|alloc|Self)$/.test(start) || /^[A-Z]/.test(start)
        ? []
        : useOf(start, rest.split('::'), { path, index }),
  )
  return [...modules, ...uses]
}

function useOf(start: string, names: readonly string[], { path, index }: { path: string; index: PathIndex }): string[] {
  const root = path.includes('/src/') ? `${path.slice(0, path.lastIndexOf('/src/'))}/src` : 'src'
  const isTest = /(?:^|\/)(?:tests|benches|examples)\//.test(path)
  const from =
    start === 'crate' || isTest
      ? join(isTest ? path.replace(/(?:^|\/)(?:tests|benches|examples)\/.*$/, '') : '', isTest ? 'src' : root)
      : dirname(path)
  const found = names
    .map((_name, at) => names.slice(0, at + 1).join('/'))
    .flatMap((part) => index.first(`${from}/${part}.rs`, `${from}/${part}/mod.rs`))
  return isTest ? [...index.first(`${from}/lib.rs`), ...found] : found
}

/** `import a.b.C` is C.java or C.kt in a/b; classes of the file's own package are those that it names. */
export function javaImports(path: string, content: string, index: PathIndex): string[] {
  const imported = [...content.matchAll(/^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)(\.\*)?/gm)].flatMap(
    ([, name = '', all]) => {
      const file = name.replaceAll('.', '/')
      const owner = dirname(file)
      return all === undefined
        ? index.ending(...[file, owner].flatMap((one) => JVM.map((extension) => `${one}.${extension}`)))
        : named(file, content, index)
    },
  )
  const [, own = ''] = /^[ \t]*package[ \t]+([\w.]+)/m.exec(content) ?? []
  return [...imported, ...named(own.replaceAll('.', '/'), content, index)].filter((one) => one !== path)
}

const JVM = ['java', 'kt', 'scala', 'groovy']

function named(folder: string, content: string, index: PathIndex): string[] {
  const words = new Set(content.match(/\b[A-Z]\w*/g))
  return JVM.flatMap((extension) => index.inFolder(folder === '' ? '.' : folder, `.${extension}`)).filter((path) =>
    words.has(basename(path).replace(/\.\w+$/, '')),
  )
}
