import { describe, expect, test } from 'vitest'
import { fence, FILES, PY, PY2, SUM } from '../support/forms.ts'
import { take } from '../support/take.ts'

const PART = 'def add(a, b):\n    return a + b\n'

describe('a fence after a sentence of any language', () => {
  test.each([
    'Hier ist die korrigierte Datei `src/sum.py`:',
    'Voici le fichier `src/sum.py` corrigé :',
    'El archivo `src/sum.py` queda así:',
    'Исправленный файл `src/sum.py`:',
    '修复后的 `src/sum.py` 的完整代码如下：',
  ])('is the new version if its lines are those of the file: %s', (sentence) => {
    expect(take(`${sentence}\n\n${fence('python', PY2)}`, FILES)).toMatchObject({ writes: SUM, rejected: [] })
    expect(take(`${sentence}\n\n${fence('python', PART)}`, FILES)).toMatchObject({ rejected: ['fence-unclear'] })
  })

  test('is explanation if it is the file as it is, and another one is the new version', () => {
    const reply = `Vorher, \`src/sum.py\`:\n${fence('python', PY)}Neu, \`src/sum.py\`:\n${fence('python', PY2)}`
    expect(take(reply, FILES)).toMatchObject({ writes: SUM, rejected: [] })
  })

  test('is not taken for a file of two lines, which is like too many others', () => {
    const reply = `Neu, \`run.sh\`:\n${fence('sh', 'echo one\necho two\n')}`
    expect(take(reply, FILES)).toMatchObject({ writes: {}, rejected: ['fence-unclear'] })
  })
})
