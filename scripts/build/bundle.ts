// Bundles every program, or those named, into one CommonJS file each, dist/lr-*.cjs, and makes V8's code cache for the
// Node that runs this.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { execa } from 'execa'
import { chatStream, send, serve } from '../../packages/test-kit/src/server.ts'
import { TOKENS } from '../../packages/lr-prompt/src/o200k/vocabulary.ts'
import { BETWEEN, TOKEN_FILE } from './token-file.ts'
import {
  compressedRuff,
  lazyBuiltIns,
  leanYargs,
  leaveApart,
  packedVocabulary,
  SHARED_PACKAGES,
  sharedPackages,
} from './bundle-plugins.ts'
import { allPrograms, root } from '../programs.ts'
import { readCatalogue } from './read-catalogue.ts'

const { SHARED, cacheName } = createRequire(import.meta.url)('../../bin/start-bundle.cjs') as {
  readonly SHARED: readonly string[]
  readonly cacheName: (name: string, kind: string) => string
}

const programs = process.argv.length > 2 ? process.argv.slice(2) : allPrograms
const RUFF_MODULE = 'ruff_wasm_bg.wasm'
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** Modules that are files of their own, by the name of the file: megabytes that a program reads only where it needs them. */
const APART: Readonly<Record<string, string>> = {
  'import-module.cjs': 'packages/llm-client/src/gguf/import-module.ts',
  'undici.cjs': 'packages/llm-client/src/network/undici.ts',
}

/** The script of the pages of lr-view serve. */
const {
  outputFiles: [pageScript],
} = await build({
  absWorkingDir: root,
  entryPoints: ['packages/lr-view/src/browser/page.ts'],
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  write: false,
  logLevel: 'warning',
})

const { metafile } = await build({
  absWorkingDir: root,
  metafile: true,
  entryPoints: {
    ...Object.fromEntries(programs.map((name) => [name, `packages/${name}/src/bin.ts`])),
    ...Object.fromEntries(Object.entries(APART).map(([file, path]) => [basename(file, '.cjs'), path])),
    ...Object.fromEntries(SHARED_PACKAGES.map((name) => [name, name])),
  },
  plugins: [
    leaveApart(APART, (file) => `./${file}`),
    lazyBuiltIns,
    leanYargs,
    compressedRuff,
    packedVocabulary,
    sharedPackages,
  ],
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
  define: {
    LOOP_RUNNER_VERSION: JSON.stringify(version),
    LOOP_RUNNER_PAGE_SCRIPT: JSON.stringify(pageScript?.text),
    LOOP_RUNNER_DIST: '__dirname',
  },
  logLevel: 'warning',
})

// Whose notices a release has to carry.
writeFileSync(join(root, 'dist/inputs.json'), JSON.stringify(Object.keys(metafile.inputs)))
// Read where there is an lr.yaml.
writeFileSync(join(root, 'dist/catalogue.json'), JSON.stringify(await readCatalogue()))
if (programs.includes('lr-prompt')) writeFileSync(join(root, 'dist', TOKEN_FILE), TOKENS.join(BETWEEN), 'latin1')
for (const name of [...programs, ...SHARED]) escapeNonAscii(join(root, 'dist', `${name}.cjs`))

// The launcher keeps caches of its own by this, where the build made none for the Node that runs it.
const hash = createHash('sha256')
const built = [...allPrograms, ...SHARED].map((name) => join(root, 'dist', `${name}.cjs`)).filter(existsSync)
for (const file of built) hash.update(readFileSync(file))
writeFileSync(join(root, 'dist/build-id'), hash.digest('hex').slice(0, 16))

// ruff's WebAssembly package looks for its module in the folder that it finds itself in.
const ruff = createRequire(join(root, 'packages/lr-check/package.json')).resolve('@astral-sh/ruff-wasm-nodejs')
if (programs.includes('lr-check')) copyFileSync(join(dirname(ruff), RUFF_MODULE), join(root, 'dist', RUFF_MODULE))

await using model = await serve(send(200, chatStream(['hello'])))
const STREAM =
  '<<<< a.py <<<<\nx = 1\n>>>>>>>>\n<<<<<<<<\npytest\n>>>>>>>>\n<<<< status <<<<\n1\n>>>>>>>>\n<<<< stdout <<<<\nE\n>>>>>>>>\n'
const MCP_SESSION = [
  {
    method: 'initialize',
    id: 1,
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'build', version: '1' } },
  },
  { method: 'notifications/initialized' },
  { method: 'tools/list', id: 2 },
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('')
/** A typical run of each program, after which its code cache is made: what such a run compiles need not be compiled again. */
const TYPICAL: Readonly<Record<string, { args: readonly string[]; input: string }>> = {
  'lr-blocks': { args: ['keep', '*'], input: STREAM },
  'lr-check': { args: ['--guard=guard.json', '-', '--', 'true'], input: '<<<< a.py <<<<\nx = 1\n>>>>>>>>\n' },
  'lr-prompt': { args: [], input: STREAM },
  'lr-llm': { args: ['--url', model.url], input: 'hello\n' },
  'lr-apply': { args: ['a.py'], input: '<<<< a.py <<<<\nx = 2\n>>>>>>>>\n' },
  'lr-git': { args: ['commit'], input: '<<<< changed <<<<\na.py\n>>>>>>>>\n' },
  'lr-score': { args: ['--min-words', '1'], input: 'hello\n' },
  'lr-stop': { args: ['-i', '2'], input: '{"score":0.5}\n' },
  'lr-loop': { args: ['-i1', '-m', 'exec:cat reply', 'a.py', '--', 'grep', '-q', 'x = 2', 'a.py'], input: '' },
  'lr-mcp': { args: [], input: MCP_SESSION },
}

const folder = mkdtempSync(join(tmpdir(), 'lr-build-'))
const tree = join(folder, 'tree')
try {
  for (const name of SHARED) rmSync(cacheOf(name), { force: true })
  for (const name of programs) await makeCodeCaches(name)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function makeCodeCaches(name: string): Promise<void> {
  const { args, input } = TYPICAL[name] ?? { args: ['--version'], input: '' }
  await makeTree()
  await makeCodeCache(name, '', args, input)
  await makeCodeCache(name, 'front.', ['--help'], '')
}

/** A repository, if there is git, with a file that has changed, a configuration and a model's reply. */
async function makeTree(): Promise<void> {
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(tree)
  writeFileSync(join(tree, 'lr.yaml'), 'check: { timeout: 60s }\n')
  writeFileSync(join(tree, 'reply'), '<<<< a.py <<<<\nx = 2\n>>>>>>>>\n')
  const git =
    'git init -q && git config user.name b && git config user.email b@localhost && git add -A && git commit -qm x'
  await execa('sh', ['-c', git], { cwd: tree, reject: false })
  writeFileSync(join(tree, 'a.py'), 'x = 1\n')
}

async function makeCodeCache(name: string, kind: string, args: readonly string[], input: string): Promise<void> {
  const script = join(root, 'scripts/build/make-code-cache.cjs')
  // Its own home: a build leaves nothing in the user's state folder, and reads no configuration of the user's.
  const env = { PATH: process.env['PATH'], HOME: folder }
  const options = { cwd: tree, env, extendEnv: false, input, reject: false } as const
  const { stderr } = await execa(process.execPath, [script, join(root, 'dist'), kind, name, ...args], options)
  if (!existsSync(cacheOf(name, kind))) throw new Error(`${name}: no code cache was made: ${stderr}`)
}

function cacheOf(name: string, kind = ''): string {
  return join(root, 'dist', cacheName(name, kind))
}

/** V8 keeps two bytes for each character of a bundle that has one beyond ASCII; esbuild leaves some in regular expressions. */
function escapeNonAscii(file: string): void {
  const code = readFileSync(file, 'utf8')
  const ascii = code.replaceAll(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (ascii !== code) writeFileSync(file, ascii)
}
