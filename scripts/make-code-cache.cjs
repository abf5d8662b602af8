'use strict'
// Writes the code cache of one bundle, after a run of `--version` has compiled the functions that every start needs.
const { readFileSync, writeFileSync } = require('node:fs')
const { Module } = require('node:module')
const { dirname, resolve } = require('node:path')
const { Script } = require('node:vm')

const name = process.argv[2]
const file = resolve('dist', `${name}.cjs`)
const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file })
const exit = process.exit
process.exit = (status) => {
  writeFileSync(file.replace(/cjs$/, `${process.versions.v8}-${process.arch}.cache`), script.createCachedData())
  exit(status)
}
process.argv = [process.argv[0], name, '--show-config']
const module_ = { exports: {} }
script.runInThisContext().call(module_.exports, module_.exports, require, module_, file, dirname(file))
