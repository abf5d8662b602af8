export const PY = 'def add(a, b):\n    return a - b\n\n\ndef mul(a, b):\n    return a * b\n'
export const PY2 = PY.replace('a - b', 'a + b')
export const TS = 'export const add = (a: number, b: number) => a - b\n'
export const TS2 = TS.replace('a - b', 'a + b')
export const FILES = {
  'src/sum.py': PY,
  'src/add.ts': TS,
  'data.json': '{\n  "n": 1\n}\n',
  'run.sh': 'echo one\n',
  'notes.txt': 'one\n',
}
export const SECTION = '<<<<<<< SEARCH\n    return a - b\n=======\n    return a + b\n>>>>>>> REPLACE\n'
export const HUNK = '@@ -1,2 +1,2 @@\n def add(a, b):\n-    return a - b\n+    return a + b\n'
export const fence = (info: string, content: string, sign = '```') => `${sign}${info}\n${content}${sign}\n`
export const SUM = { 'src/sum.py': PY2 }
