'use strict'
// Runs a program's bundle with V8's code cache (docs/decisions/): the one that the build made for this Node version; else
// the one that an earlier run left in the user's cache folder; else it leaves one there at its end.
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const { createRequire, Module } = require('node:module')
const { basename, dirname, isAbsolute, join } = require('node:path')
const { Script } = require('node:vm')

const MONTH_MS = 30 * 24 * 3600_000

/** What prints a text and ends: it has a cache of its own, which is smaller and quicker to load. */
const FRONT = /^(--help|-h|--version|completion)$/

/** Files that several programs load where they need them, with a code cache as a program has. */
const SHARED = ['execa', 'undici', 'yaml']

module.exports = { SHARED, cacheName, loadBundle, startBundle }

function startBundle(name) {
  const dist = join(__dirname, '..', 'dist')
  const file = join(dist, `${name}.cjs`)
  if (existsSync(file)) {
    loadBundle(file, (path) => openCache(path, path === file && isText() ? 'front.' : ''))
    return
  }
  process.stderr.write(`${name}: not built yet: run "npx -y pnpm@10.34.8 build" in ${join(__dirname, '..')}\n`)
  process.exitCode = 3
}

/**
 * Runs a file of `dist`, and what it requires of the shared files.
 *
 * @param open finds the code cache of a file: its `data`, if there is one; `keep` is called with a script that has none
 * @returns what the file exports
 */
function loadBundle(file, open) {
  const { data, keep } = open(file)
  const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file, cachedData: data })
  if (data === undefined || script.cachedDataRejected) keep(script)
  const module = { exports: {} }
  const folder = dirname(file)
  const own = createRequire(file)
  const shared = new Map()
  const requireFrom = (id) => {
    if (!isShared(id)) return own(id)
    if (!shared.has(id)) shared.set(id, loadBundle(join(folder, id), open))
    return shared.get(id)
  }
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, file, folder)
  return module.exports
}

function isShared(id) {
  return SHARED.some((name) => id === `./${name}.cjs`)
}

/**
 * The name of the code cache of a bundle, for the Node that runs this.
 *
 * @param kind `front.` for what prints a text and ends; else empty
 */
function cacheName(name, kind = '') {
  return `${name}.${kind}${process.versions.v8}-${process.arch}.cache`
}

/** The build's cache of a file, or the user's, which is made at the end of a run where there is none. */
function openCache(file, kind) {
  const dist = dirname(file)
  const name = cacheName(basename(file, '.cjs'), kind)
  const built = readIfThere(join(dist, name))
  const folder = built === undefined ? cacheFolder(dist) : undefined
  if (folder === undefined) return { data: built, keep: () => {} }
  const path = join(folder, name)
  return { data: readIfThere(path), keep: (script) => keepCacheAtExit(script, path) }
}

function isText() {
  const { argv } = process
  return (
    argv[2] === '--get-completions' || (argv.length > 2 && !argv.includes('--') && FRONT.test(argv[argv.length - 1]))
  )
}

/** By the content of the bundles: V8 compares the length of a source only. */
function cacheFolder(dist) {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = process.env
  const base = isAbsolute(cache) ? cache : isAbsolute(home) ? join(home, '.cache') : undefined
  const id = readIfThere(join(dist, 'build-id'))
  return base === undefined || id === undefined ? undefined : join(base, 'loop-runner', `code-${id}`)
}

function keepCacheAtExit(script, path) {
  // A flag that is set later changes the hash by which V8 accepts a cache, so it is made before that.
  let data
  const v8 = require('node:v8')
  const { setFlagsFromString } = v8
  v8.setFlagsFromString = (flag) => {
    data ??= script.createCachedData()
    setFlagsFromString(flag)
  }
  process.once('exit', (code) => {
    if (code > 1) return
    try {
      const folder = dirname(path)
      if (makeFolders(folder)) removeOldCaches(folder)
      // Several may start at once: each writes a file of its own and moves it into place.
      const draft = `${path}.${process.pid}`
      writeFileSync(draft, data ?? script.createCachedData(), { mode: 0o600 })
      renameSync(draft, path)
    } catch {
      // A home that cannot be written costs time, nothing else.
    }
  })
}

/**
 * The folder and the two above it. Node's own recursion never ends below /proc.
 *
 * @returns whether the folder is new
 */
function makeFolders(folder) {
  return [dirname(dirname(folder)), dirname(folder), folder].map(makeFolder).pop()
}

function makeFolder(path) {
  try {
    mkdirSync(path, { mode: 0o700 })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Each build has a folder of its own. One that got nothing for a month belongs to a version that is gone, or has all that it
 * needs: at worst its programs start slowly once more.
 */
function removeOldCaches(folder) {
  const parent = dirname(folder)
  for (const name of readdirSync(parent)) {
    const path = join(parent, name)
    if (!/^code-[0-9a-f]+$/.test(name) || path === folder || Date.now() - statSync(path).mtimeMs < MONTH_MS) continue
    rmSync(path, { recursive: true, force: true })
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
