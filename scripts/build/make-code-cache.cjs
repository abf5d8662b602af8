'use strict'
// make-code-cache.cjs CACHE PROGRAM ARG…: runs a program's bundle with these arguments, then writes the code cache of all
// that the run has compiled to the file CACHE.
const { readFileSync, writeFileSync } = require('node:fs')
const { Module } = require('node:module')
const { dirname, join, resolve } = require('node:path')
const { Script } = require('node:vm')

const [node, , cache, name, ...args] = process.argv
const bin = join(__dirname, '../..', 'bin', name)
const file = resolve(__dirname, '../..', 'dist', `${name}.cjs`)
const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file })
// V8 stores a hash of its flags in a cache, and a later start rejects a cache whose hash differs. Once a flag is set,
// the hash stays different, even when the flag is set back.
require('node:v8').setFlagsFromString = () => {}
const exit = process.exit
process.exit = (status) => {
  writeFileSync(cache, script.createCachedData())
  exit(status)
}
process.argv = [node, bin, ...args]
const exported = { exports: {} }
script.runInThisContext().call(exported.exports, exported.exports, require, exported, file, dirname(file))
