/** For `node --require`: tells at the end of a run what became of the code cache of each script that was compiled with one. */
export const CACHE_PROBE = `
const vm = require('node:vm')
const { writeSync } = require('node:fs')
const seen = []
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options)
    seen.push(options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'accepted')
  }
}
process.on('exit', () => writeSync(2, 'cache: ' + seen.join()))
`
