// Packs the programs and the library as one npm package: release/loop-runner-VERSION.tgz.
//
//   pnpm release:pack
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { execa } from 'execa'
import * as shellScripts from '../../packages/cli-kit/src/completion/shell-scripts.ts'
import { manPage } from '../man-page.ts'
import { allPrograms, root } from '../programs.ts'
import { readPrograms } from '../read-catalogue.ts'
import { bundleLibrary } from './bundle-library.ts'
import { writeManifest } from './manifest.ts'
import { writeNotices } from './third-party.ts'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const release = join(root, 'release')
const folder = join(release, 'loop-runner')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

copyPrograms()
const { inputs } = await bundleLibrary(join(folder, 'lib'))
await writeManuals()
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) copyFileSync(join(root, file), join(folder, file))
writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), writeNotices([...Object.keys(inputs), ...inputsOfPrograms()]))
writeFileSync(join(folder, 'package.json'), writeManifest(version, allPrograms))
const { stdout } = await execa('npm', ['pack', folder, '--pack-destination', release, '--json'], { cwd: release })
const [packed] = JSON.parse(stdout) as { filename: string; size: number; unpackedSize: number; entryCount: number }[]
const megabytes = (bytes = 0) => `${(bytes / 1e6).toFixed(1)} MB`
console.log(
  `release/${packed?.filename}: ${packed?.entryCount} files, ${megabytes(packed?.size)} packed, ${megabytes(packed?.unpackedSize)} unpacked`,
)

/** Without the maps and the code caches: those fit one build of Node. */
function copyPrograms(): void {
  for (const name of ['launch.cjs', 'package.json', ...allPrograms]) {
    cpSync(join(root, 'bin', name), join(folder, 'bin', name))
  }
  const isShipped = (name: string) => name.endsWith('.cjs') || name === 'build-id'
  for (const name of readdirSync(join(root, 'dist')).filter(isShipped)) {
    if (name.startsWith('lr-') && !allPrograms.includes(name.replace(/\.cjs$/, ''))) continue
    cpSync(join(root, 'dist', name), join(folder, 'dist', name))
  }
  copyFileSync(compressRuff(), join(folder, 'dist/ruff_wasm_bg.wasm.br'))
}

/** The file with ruff's module as Brotli. Compressing takes half a minute, so it is kept for the next time. */
function compressRuff(): string {
  const module = readFileSync(join(root, 'dist/ruff_wasm_bg.wasm'))
  const hash = createHash('sha256').update(module).digest('hex').slice(0, 16)
  const kept = join(root, 'node_modules/.cache', `ruff-${hash}.br`)
  if (existsSync(kept)) return kept
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 }
  mkdirSync(dirname(kept), { recursive: true })
  writeFileSync(`${kept}.new`, brotliCompressSync(module, { params }))
  renameSync(`${kept}.new`, kept)
  return kept
}

async function writeManuals(): Promise<void> {
  mkdirSync(join(folder, 'man'))
  mkdirSync(join(folder, 'completion'))
  for (const program of (await readPrograms()).programs) {
    writeFileSync(join(folder, 'man', `${program.name}.1`), manPage(program, version))
  }
  writeFileSync(join(folder, 'completion/loop-runner.bash'), shellScripts.bash(allPrograms))
  writeFileSync(join(folder, 'completion/_loop-runner'), shellScripts.zsh(allPrograms))
  writeFileSync(join(folder, 'completion/loop-runner.fish'), shellScripts.fish(allPrograms))
}

/** What the programs' bundles hold, as the build noted it; and the WebAssembly module of ruff. */
function inputsOfPrograms(): string[] {
  const noted = join(root, 'dist/inputs.json')
  if (!existsSync(noted)) throw new Error('dist/inputs.json: missing (run pnpm build)')
  const ruff = createRequire(join(root, 'packages/lr-check/package.json')).resolve('@astral-sh/ruff-wasm-nodejs')
  return [...(JSON.parse(readFileSync(noted, 'utf8')) as string[]), relative(root, ruff)]
}
