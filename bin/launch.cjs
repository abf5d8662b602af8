'use strict'
// Starts a program, or says in one line that this Node is too old for it. Systems have Node 12 to 18 as their own: nothing
// in this file may be newer than Node 12.
const OLDEST = '20.19'

module.exports = (name) => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    require('./start-bundle.cjs').startBundle(name)
    return
  }
  process.stderr.write(`${name}: Node ${process.versions.node} is too old (install Node ${OLDEST} or newer)\n`)
  process.exitCode = 3
}
