import { expect, test } from 'vitest'
import { extractCode } from '../../src/answer/extract-code.ts'

test.each([
  { which: 'py', text: '```python\na\n```\n', code: 'a\n' },
  { which: 'python3', text: '```py\na\n```\n', code: 'a\n' },
  { which: 'js', text: '```py\na\n```\n```javascript\nb\n```\n', code: 'b\n' },
  { which: 'ts', text: '```TypeScript\nb\n```\n', code: 'b\n' },
  { which: 'sh', text: '```bash\nb\n```\n', code: 'b\n' },
  { which: 'sh', text: '```bash\nb\n```\n```sh\nc\n```\n', code: 'c\n' },
  { which: 'bash', text: '```console\nb\n```\n', code: 'b\n' },
  { which: 'c', text: '```cpp\nb\n```\n', code: undefined },
  { which: 'cpp', text: '```c++\nb\n```\n', code: 'b\n' },
  { which: 'py', text: '```{.python .numberLines}\nb\n```\n', code: 'b\n' },
  { which: 'py', text: '```python:src/a.py\nb\n```\n', code: 'b\n' },
  { which: 'py', text: '```\nonly\n```\n', code: 'only\n' },
  { which: 'py', text: '```\none\n```\n```\ntwo\n```\n', code: undefined },
  { which: 'first', text: '1. Do this:\n\n   ```sh\n   ls\n     -l\n   ```\n', code: 'ls\n  -l\n' },
  { which: 'first', text: '- a\n  - b\n\n    ```sh\n    ls\n    ```\n', code: 'ls\n' },
  { which: 'first', text: '- ```sh\n  ls\n  ```\n', code: 'ls\n' },
  { which: 'first', text: '10. x\n    ```\n    a\n\n    b\n    ```\n', code: 'a\n\nb\n' },
  { which: 'first', text: '- a\n\n\t```sh\n\tls\n\t\t-l\n\t```\n', code: 'ls\n\t-l\n' },
  { which: 'first', text: '-\ta\n\n\t```sh\n    ls\n\t```\n', code: 'ls\n' },
  { which: 'first', text: '> so:\n> ```sh\n> ls\n>   -l\n>\n> ```\n', code: 'ls\n  -l\n\n' },
  { which: 'all', text: '> ```sh\n> ls\n\n```sh\nb\n```\n', code: 'ls\nb\n' },
  { which: 'first', text: '```sh\n> ls\n```\n', code: '> ls\n' },
  { which: 'first', text: '    ```\n    shown\n    ```\n', code: undefined },
  { which: 'first', text: '````md\n```sh\nls\n```\n````\n', code: '```sh\nls\n```\n' },
])('-x $which of $text', ({ which, text, code }) => {
  const found = extractCode(text, which)
  expect('code' in found ? found.code : undefined).toBe(code)
})
