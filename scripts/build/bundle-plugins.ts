// What bundle.ts changes about the modules that it bundles.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from '../programs.ts'

/** Modules that become files of their own, by the names of the files: a program reads them only where it needs them. */
export function leaveApart(apart: Readonly<Record<string, string>>, importedAs: (file: string) => string): Plugin {
  return {
    name: 'leave-apart',
    setup({ onResolve }) {
      for (const [file, path] of Object.entries(apart)) {
        onResolve({ filter: new RegExp(`/${basename(path)}$`) }, ({ kind, resolveDir, path: asked }) => {
          const isIt = kind === 'dynamic-import' && join(resolveDir, asked) === join(root, path)
          return isIt ? { path: importedAs(file), external: true } : undefined
        })
      }
    },
  }
}

/** Built-in modules that are slow to load and that most starts do not use: each is loaded when one of its names is used. */
export const lazyBuiltIns: Plugin = {
  name: 'lazy-built-ins',
  setup({ onResolve, onLoad }) {
    const slow = /^node:(crypto|zlib|timers\/promises|fs\/promises)$/
    onResolve({ filter: slow }, ({ path, kind, importer }) =>
      kind === 'import-statement' && /packages\/[\w-]+\/src\//.test(importer) ? { path, namespace: 'lazy' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path) as object)
      const getters = names
        .filter((name) => /^[a-z]\w*$/i.test(name))
        .map((name) => `get ${name}() { return load().${name} }`)
      const load = `let loaded; const load = () => (loaded ??= process.getBuiltinModule('${path}'))`
      return { contents: `${load}; module.exports = { ${getters.join(', ')} }`, loader: 'js' }
    })
  },
}

/** yargs on a platform of ours: its own costs a start more than yargs itself (docs/decisions/). */
export const leanYargs: Plugin = {
  name: 'lean-yargs',
  setup({ onResolve, onLoad, onEnd }) {
    const fromYargs = createRequire(createRequire(join(root, 'packages/cli-kit/package.json')).resolve('yargs'))
    const parser = fromYargs.resolve('yargs-parser').replace(/yargs-parser\/build\/.*/, 'yargs-parser')
    const replaced = new Set<string>()
    const replace = (filter: RegExp, file: string) =>
      onResolve({ filter }, () => {
        replaced.add(file)
        return { path: join(root, 'scripts/build/yargs', file) }
      })
    replace(/platform-shims\/esm\.mjs$/, 'lean-platform.mjs')
    replace(/^yargs-parser$/, 'lean-parser.mjs')
    onResolve({ filter: /^yargs-parser\/build/ }, ({ path }) => ({
      path: join(parser, path.slice('yargs-parser/'.length)),
    }))
    // It checks the types of the arguments of each call to yargs; tsc has done so.
    onLoad({ filter: /yargs\/build\/lib\/argsert\.js$/ }, ({ path }) => {
      replaced.add(path)
      return { contents: 'export const argsert = () => {}' }
    })
    onEnd(() => (replaced.size < 3 ? { errors: [{ text: 'yargs has moved files that the bundle replaces' }] } : {}))
  },
}

/** ruff's module may be compressed: a release holds it as Brotli, which is 1 MB less than what npm's gzip makes of it. */
export const compressedRuff: Plugin = {
  name: 'compressed-ruff',
  setup({ onLoad }) {
    onLoad({ filter: /ruff-wasm-nodejs\/.*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const read = "require('fs').readFileSync(wasmPath)"
      if (!source.includes(read)) return { errors: [{ text: 'ruff reads its module in another way' }] }
      const either = `(require('fs').existsSync(wasmPath) ? ${read} : require('zlib').brotliDecompressSync(require('fs').readFileSync(wasmPath + '.br')))`
      return { contents: source.replace(read, either), loader: 'js' }
    })
  },
}

/** Packages that are files which the programs share: a start that starts no process and finds no lr.yaml reads neither. */
export const SHARED_PACKAGES = ['execa', 'yaml'] as const

export const sharedPackages: Plugin = {
  name: 'shared-packages',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(?:${SHARED_PACKAGES.join('|')})$`) }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path: `./${path}.cjs`, external: true },
    )
  },
}

/** The tokens of o200k are read from a file: a module of 2.7 MB takes longer to compile, and compresses less. */
export const packedVocabulary: Plugin = {
  name: 'packed-vocabulary',
  setup({ onResolve }) {
    onResolve({ filter: /\/vocabulary\.ts$/ }, ({ importer }) =>
      importer.includes('/lr-prompt/src/o200k/')
        ? { path: join(root, 'scripts/build/packed-vocabulary.ts') }
        : undefined,
    )
  },
}
