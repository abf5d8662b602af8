// Bundles every program, or those named, into one CommonJS file each, dist/lr-*.cjs, and makes V8's code cache for the
// Node that runs this.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const all = readdirSync(join(root, 'packages')).filter((name) => existsSync(join(root, 'packages', name, 'src/bin.ts')))
const programs = process.argv.length > 2 ? process.argv.slice(2) : all
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(programs.map((name) => [name, `packages/${name}/src/bin.ts`])),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  // Workspace libraries are bundled from their sources, so that a bundle never holds a stale build.
  conditions: ['source'],
  // A dynamic import of something inside the bundle becomes a require: loaded when it is reached, not at the start.
  supported: { 'dynamic-import': false },
  minify: true,
  sourcemap: 'linked',
  define: { LOOP_RUNNER_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
})

for (const name of programs) {
  const { stderr } = spawnSync(process.execPath, [join(root, 'scripts/make-code-cache.cjs'), name], {
    cwd: root,
    encoding: 'utf8',
  })
  if (!readdirSync(join(root, 'dist')).some((file) => file.startsWith(`${name}.`) && file.endsWith('.cache'))) {
    throw new Error(`${name}: no code cache was made: ${stderr}`)
  }
}
