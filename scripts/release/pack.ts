// Packs the programs and the library as one npm package: release/loop-runner-VERSION.tgz.
//
//   pnpm release:pack
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import * as shellScripts from '../../packages/cli-kit/src/completion/shell-scripts.ts'
import { SHARED_PACKAGES } from '../build/bundle-plugins.ts'
import { TOKEN_FILE } from '../build/token-file.ts'
import { manPage } from '../docs/man-page.ts'
import { allPrograms, root } from '../programs.ts'
import { readPrograms } from '../build/read-catalogue.ts'
import { bundleLibrary } from './bundle-library.ts'
import { compress } from './compress.ts'
import { writeManifest } from './manifest.ts'
import { writeNotices } from './third-party.ts'

/** Files that Brotli makes a quarter smaller than npm's gzip; the programs that read them take either form. */
const COMPRESSED = ['ruff_wasm_bg.wasm', TOKEN_FILE]

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const release = join(root, 'release')
const folder = join(release, 'loop-runner')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

copyPrograms()
const { inputs } = await bundleLibrary(join(folder, 'lib'))
await writeManuals()
copyPages()
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
  for (const name of ['launch.cjs', 'start-bundle.cjs', 'package.json', 'loop-runner', ...allPrograms]) {
    cpSync(join(root, 'bin', name), join(folder, 'bin', name))
  }
  const bundles = [...allPrograms, 'undici', 'import-module', ...SHARED_PACKAGES].map((name) => `${name}.cjs`)
  for (const name of [...bundles, 'build-id', 'catalogue.json']) {
    cpSync(join(root, 'dist', name), join(folder, 'dist', name))
  }
  for (const name of COMPRESSED) {
    copyFileSync(compress(join(root, 'dist', name)), join(folder, 'dist', `${name}.br`))
  }
}

/** The pages that help texts name, with all that these link to of their kind. */
function copyPages(): void {
  for (const place of ['docs', 'docs/commands']) {
    const pages = readdirSync(join(root, place)).filter((name) => name.endsWith('.md'))
    for (const name of pages) cpSync(join(root, place, name), join(folder, place, name))
  }
}

async function writeManuals(): Promise<void> {
  mkdirSync(join(folder, 'man'))
  mkdirSync(join(folder, 'completion'))
  for (const program of (await readPrograms()).programs) {
    writeFileSync(join(folder, 'man', `${program.name}.1`), manPage(program, version, allPrograms))
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
