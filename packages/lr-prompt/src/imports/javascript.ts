import { dirname, join } from 'node:path/posix'
import type { PathIndex } from './path-index.ts'

const SPECIFIER =
  /(?:\bfrom|\bimport|\brequire(?:\.resolve)?|\bimport\.meta\.resolve|\bmock|\bproxyquire)\s*\(?\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`$\n]+)`)/g
const EXTENSIONS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte', 'json', 'node']
/** Maps a build product to its source: `dist/index.js` is `src/index.ts`. */
const BUILT = /^(?:dist|build|lib|out|es|esm|cjs)\//

/** A package.json of the sources. */
export interface Package {
  /** '.' for the one at the top. */
  readonly folder: string
  readonly name: string
  /** The files that it names as its entries, from its folder. */
  readonly entries: readonly string[]
}

/** Relative paths, folders with an index or a package.json, and packages of the sources by their names. */
export function javascriptImports(
  path: string,
  content: string,
  { index, packages }: { readonly index: PathIndex; readonly packages: readonly Package[] },
): string[] {
  return [...content.matchAll(SPECIFIER)].flatMap(([, single, double, template]) => {
    const written = (single ?? double ?? template ?? '').replace(/[?#].*$/, '')
    if (/^\.{1,2}(?:\/|$)/.test(written)) return findPath(join(dirname(path), written), index, packages)
    if (/^[@~]\//.test(written))
      return index.ending(...spellings(`src/${written.slice(2)}`), ...spellings(written.slice(2)))
    return findPackage(written, index, packages)
  })
}

function findPath(path: string, index: PathIndex, packages: readonly Package[]): string[] {
  const bare = path.replace(/\/$/, '')
  const found = index.first(...spellings(bare))
  if (found.length > 0) return found
  const own = packages.find(({ folder }) => folder === bare)
  const entries = own ? entriesOf(own, index) : []
  return entries.length > 0 ? entries : index.first(...spellings(join(bare, 'index')))
}

function findPackage(written: string, index: PathIndex, packages: readonly Package[]): string[] {
  const own = packages.find(({ name }) => name !== '' && (written === name || written.startsWith(`${name}/`)))
  if (!own) return []
  if (written === own.name) {
    const entries = entriesOf(own, index)
    return entries.length > 0
      ? entries
      : index.first(...['index', 'src/index'].flatMap((one) => spellings(join(own.folder, one))))
  }
  const inside = written.slice(own.name.length + 1)
  return index.first(...spellings(join(own.folder, inside)), ...spellings(join(own.folder, 'src', inside)))
}

function entriesOf({ folder, entries }: Package, index: PathIndex): string[] {
  for (const entry of entries) {
    const built = entry.replace(BUILT, 'src/')
    const found = index.first(...[entry, `${entry}/index`, built].flatMap((one) => spellings(join(folder, one))))
    if (found.length > 0) return found
  }
  return []
}

/** As written, with an extension, and with that of TypeScript in the place of JavaScript's. */
function spellings(path: string): string[] {
  const bare = path.replace(/\.[cm]?jsx?$/, '')
  const other = bare === path ? [] : EXTENSIONS.slice(0, 4).map((extension) => `${bare}.${extension}`)
  return [
    path,
    ...other,
    ...EXTENSIONS.map((extension) => `${path}.${extension}`),
    `${path}/index.ts`,
    `${path}/index.tsx`,
    `${path}/index.js`,
  ]
}

/** @returns undefined if it is not a package.json */
export function readPackage(path: string, content: string): Package | undefined {
  if (!/(?:^|\/)package\.json$/.test(path)) return undefined
  try {
    const data: unknown = JSON.parse(content)
    if (typeof data !== 'object' || data === null) return undefined
    const fields = new Map<string, unknown>(Object.entries(data))
    const name = fields.get('name')
    const entries = ['source', 'main', 'module', 'exports', 'bin'].flatMap((key) => textsIn(fields.get(key)))
    return { folder: dirname(path), name: typeof name === 'string' ? name : '', entries }
  } catch {
    return undefined
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
