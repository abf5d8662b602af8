import { expect, test } from 'vitest'
import { nameMatcher } from '../src/name-matcher.ts'

test.each([
  { pattern: 'tox.ini', yes: ['tox.ini', 'a/b/tox.ini'], no: ['tox.ini.bak', 'xtox.ini', 'tox.ini/a'] },
  { pattern: 'Cargo.lock', yes: ['cargo.lock'], no: ['cargo-lock'] },
  { pattern: 'tests/**', yes: ['tests/a', 'x/tests/a/b.py'], no: ['tests', 'x/tests', 'mytests/a', 'tests.py'] },
  { pattern: 'a*/**', yes: ['ab/c', 'x/a/c'], no: ['ba/c', 'ab'] },
  { pattern: 'a/b/**', yes: ['a/b/c', 'x/a/b/c/d'], no: ['a/c', 'a/b', 'b/c'] },
  { pattern: '*.pem', yes: ['.pem', 'a.pem', 'x/a.b.pem'], no: ['a.pem.x', 'pem', 'a.pem/b'] },
  { pattern: '.yarnrc*', yes: ['.yarnrc', '.yarnrc.yml'], no: ['.yarn', 'a.yarnrc', '.yarnrc/x'] },
  { pattern: '*.test.*', yes: ['a.test.ts', '.test.'], no: ['a.test', 'test.ts'] },
  {
    pattern: 'secrets.{yml,json}',
    yes: ['secrets.yml', 'x/secrets.json'],
    no: ['secrets.', 'secrets.toml', 'secrets.yml,json'],
  },
  { pattern: '{a,b}.{c,d}', yes: ['a.c', 'a.d', 'b.c', 'b.d'], no: ['a.b', 'c.a'] },
  { pattern: '{a,b}/x.py', yes: ['a/x.py', 'z/b/x.py'], no: ['x.py', 'a/b/x.pyc', 'aa/x.py'] },
  {
    pattern: 'services/{org.junit,org.testng}*',
    yes: ['services/org.junit.A'],
    no: ['services/orgXjunit', 'org.junit'],
  },
])('$pattern', ({ pattern, yes, no }) => {
  for (const matches of [nameMatcher([pattern]), nameMatcher(['other', 'other/**', pattern, 'more*'])]) {
    expect(yes.filter((path) => !matches(path))).toEqual([])
    expect(no.filter(matches)).toEqual([])
  }
})
