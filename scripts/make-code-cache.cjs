'use strict'
// make-code-cache.cjs PROGRAM ARG…: runs a program's bundle with these arguments, then writes the code cache of all that
// the run has compiled beside the bundle.
const { readFileSync, writeFileSync } = require('node:fs')
const { Module } = require('node:module')
const { dirname, join, resolve } = require('node:path')
const { Script } = require('node:vm')

const [node, , name, ...args] = process.argv
const bin = join(__dirname, '..', 'bin', name)
const file = resolve(__dirname, '..', 'dist', `${name}.cjs`)
const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file })
const exit = process.exit
process.exit = (status) => {
  writeFileSync(file.replace(/cjs$/, `${process.versions.v8}-${process.arch}.cache`), script.createCachedData())
  exit(status)
}
process.argv = [node, bin, ...args]
const exported = { exports: {} }
script.runInThisContext().call(exported.exports, exported.exports, require, exported, file, dirname(file))
