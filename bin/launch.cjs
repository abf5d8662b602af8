'use strict'
// Runs a program's bundle, with V8's code cache where the build made one for this Node version (docs/decisions/).
const { existsSync, readFileSync } = require('node:fs')
const { createRequire, Module } = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

/** What prints a text and ends: it has a cache of its own, which is smaller and quicker to load. */
const FRONT = /^(--help|-h|--version|completion)$/

module.exports = (name) => {
  const file = join(__dirname, '..', 'dist', `${name}.cjs`)
  const { argv, arch, versions } = process
  const isFront =
    argv[2] === '--get-completions' || (argv.length > 2 && !argv.includes('--') && FRONT.test(argv.at(-1)))
  const cache = `${file.slice(0, -'cjs'.length)}${isFront ? 'front.' : ''}${versions.v8}-${arch}.cache`
  if (!existsSync(file)) {
    process.stderr.write(`${name}: not built yet: run "npx -y pnpm@10.34.8 build" in ${join(__dirname, '..')}\n`)
    process.exitCode = 3
    return
  }
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, cachedData })
  const module = { exports: {} }
  script.runInThisContext().call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
}
