'use strict'
// Runs a program's bundle, with V8's code cache where the build made one for this very Node (docs/decisions/).
const { existsSync, readFileSync } = require('node:fs')
const { createRequire, Module } = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

module.exports = (name) => {
  const file = join(__dirname, '..', 'dist', `${name}.cjs`)
  const cache = join(dirname(file), `${name}.${process.versions.v8}-${process.arch}.cache`)
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
