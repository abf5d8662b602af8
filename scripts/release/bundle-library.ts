import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { leaveApart } from '../build/bundle-plugins.ts'
import { root } from '../programs.ts'

/** What the library imports undici by: the file that the programs use too (`imports` in the manifest). */
export const UNDICI = '#undici'

/** Writes the library as ESM with its types into a folder; tells what is in it. */
export async function bundleLibrary(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: 'packages/library/src/index.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'parts/[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['source'],
    plugins: [leaveApart({ undici: 'packages/llm-client/src/network/undici.ts' }, () => UNDICI)],
    minifySyntax: true,
    minifyWhitespace: true,
    // What is required lazily inside CommonJS libraries.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  copyTypes(join(folder, 'types'))
  return metafile
}

const IMPORT = /((?:^|\n)(?:import|export) [^'";]*?from ['"]|import\(['"])([^'"\n]+)(['"])/g

/**
 * The declarations that the library's own refer to, from every package, with relative imports in the place of package
 * names: they are complete without any other package.
 */
function copyTypes(folder: string): void {
  const pending = ['library/index.d.ts']
  const seen = new Set(pending)
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const [owner = '', ...path] = file.split('/')
    const source = readFileSync(join(root, 'packages', owner, 'dist', ...path), 'utf8')
    const text = source.replaceAll(IMPORT, (whole, before: string, name: string, after: string) => {
      if (name.startsWith('node:')) return whole
      const target = declarationOf(name, file ?? '')
      if (!seen.has(target)) pending.push(target)
      seen.add(target)
      const link = relative(dirname(file ?? ''), target).replace(/\.d\.ts$/, '.js')
      return `${before}${link.startsWith('.') ? link : `./${link}`}${after}`
    })
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n'))
  }
}

/** `PACKAGE/FILE.d.ts` of what an import in a declaration means. */
function declarationOf(name: string, from: string): string {
  if (name.startsWith('.')) return join(dirname(from), name).replace(/\.[jt]s$/, '.d.ts')
  const [, own, path = ''] = /^@loop-runner\/([\w-]+)(\/.+)?$/.exec(name) ?? []
  if (own === undefined) throw new Error(`${from}: the types of the library need ${name}, which is not part of it`)
  const manifest = JSON.parse(readFileSync(join(root, 'packages', own, 'package.json'), 'utf8')) as {
    exports: Record<string, { types: string }>
  }
  return join(own, (manifest.exports[`.${path}`]?.types ?? '').replace('./dist/', ''))
}
