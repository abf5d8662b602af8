import { describe, expect, test } from 'vitest'
import { fence, FILES, HUNK, PY, PY2, SECTION } from '../support/forms.ts'
import { take } from '../support/take.ts'

const GO = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("ho")\n}\n'
const JSON_TEXT = JSON.stringify(PY2)
const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '    ')

describe('what looks like a change and cannot be read is refused', () => {
  test.each([
    { what: 'a file without marks', reply: PY2 },
    { what: 'a file between sentences', reply: `Here is the fixed file:\n\n${PY2}\nI hope it helps.\n` },
    { what: 'a file of Go', reply: GO },
    { what: 'a file below its path', reply: `src/sum.py\n${PY2}` },
    { what: 'a file below a heading', reply: `### src/sum.py\n\n${PY2}` },
    { what: 'an indented file', reply: `**src/sum.py**\n\n${indented(PY2)}` },
    { what: 'a file between signs', reply: `=== FILE: src/sum.py ===\n${PY2}=== END FILE ===\n` },
    { what: 'a file between dashes', reply: `--- FILE: src/sum.py ---\n${PY2}` },
    { what: 'a file between brackets', reply: `[FILE: src/sum.py]\n${PY2}[/FILE]\n` },
    { what: 'a file between words', reply: `BEGIN FILE src/sum.py\n${PY2}END FILE\n` },
    { what: 'a short new file between marks', reply: 'FILE: src/n.py\nx = 1\n' },
    { what: 'a file in a tag', reply: `<code>\n${PY2}</code>\n` },
    { what: 'a file in a tag of its path', reply: `<src/sum.py>\n${PY2}</src/sum.py>\n` },
    { what: 'a file in a tag with its path', reply: `<sum path="src/sum.py">\nx\n</sum>\n` },
    {
      what: 'old and new lines in tags',
      reply: 'src/sum.py\n<old>\nreturn a - b\n</old>\n<new>\nreturn a + b\n</new>\n',
    },
    { what: 'SEARCH and REPLACE as tags', reply: '<search>\na - b\n</search>\n<replace>\na + b\n</replace>\n' },
    { what: 'old and new lines', reply: 'src/sum.py\n\nOld:\n    return a - b\nNew:\n    return a + b\n' },
    { what: 'a conflict', reply: '<<<<<<< HEAD\n    return a - b\n=======\n    return a + b\n>>>>>>> fix\n' },
    { what: 'a quoted section', reply: `> src/sum.py\n${SECTION.replaceAll(/^/gm, '> ')}` },
    { what: 'a quoted diff', reply: HUNK.replaceAll(/^/gm, '> ') },
    {
      what: 'a quoted fence',
      reply: `src/sum.py:\n\n${fence('python', PY2)}`.replaceAll(/^(?=.)/gm, '> ').replaceAll(/^$/gm, '>'),
    },
    { what: 'a quoted fence with its path', reply: fence('python src/sum.py', PY2).replaceAll(/^/gm, '> ') },
    { what: 'YAML', reply: `file: src/sum.py\ncontent: |\n  x = 1\n` },
    { what: 'a list in YAML', reply: `- path: src/sum.py\n  new_content: |\n    x = 1\n` },
    { what: 'a file by its path in JSON', reply: `{"src/sum.py": ${JSON_TEXT}}` },
    { what: 'JSON in a sentence', reply: `Change: {"path": "src/sum.py", "content": ${JSON_TEXT}}\n` },
    {
      what: 'a replacement in JSON',
      reply: '{"op": "replace", "path": "src/sum.py", "old": "a - b", "new": "a + b"}\n',
    },
    { what: 'JSON of lines', reply: '{"filePath": "src/sum.py", "startLine": 2, "newText": "x"}' },
    { what: 'a patch in JSON', reply: '{"command": ["apply_patch", "*** Begin Patch\\n*** End Patch"]}' },
    { what: 'an action', reply: 'Thought: fix it.\nAction: write\nAction Input: {"path": "src/sum.py"}\n' },
    { what: 'a call', reply: 'write_file(path="src/sum.py", content="x")\n' },
    { what: 'a list of calls', reply: '[write_file(path="src/sum.py", content="x")]\n' },
    { what: 'functools', reply: 'functools[{"name": "write_file", "arguments": {"path": "src/sum.py"}}]\n' },
    { what: 'DeepSeek', reply: '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>write<｜tool▁sep｜>{}\n' },
    { what: 'DeepSeek with names', reply: '<｜DSML｜function_calls>\n<｜DSML｜invoke name="write">\n' },
    { what: 'Kimi', reply: '<|tool_calls_section_begin|><|tool_call_begin|>functions.write:0\n' },
    { what: 'MiniMax', reply: '<minimax:tool_call>\n</minimax:tool_call>\n' },
    {
      what: 'gpt-oss',
      reply: '<|start|>assistant<|channel|>commentary to=functions.apply_patch<|message|>{"input": ""}<|call|>\n',
    },
    { what: 'a tag of another tool', reply: `<dyad-write path="src/sum.py">\n${PY2}</dyad-write>\n` },
    { what: 'names of its own', reply: `<updated_file>\n<file_name>src/sum.py</file_name>\n</updated_file>\n` },
    { what: 'a command behind another', reply: fence('bash', "mkdir -p src && cat > src/n.py <<'EOF'\nx\nEOF\n") },
    { what: 'a command in a sentence', reply: "Run `sed -i 's/-/+/' src/sum.py` to fix it.\n" },
    { what: 'a removal', reply: fence('sh', 'git rm notes.txt\n') },
    { what: 'a move', reply: 'Please run `mv notes.txt old.txt`.\n' },
    { what: 'a one-line program', reply: fence('sh', `python3 -c "open('src/sum.py', 'w').write('x')"\n`) },
    { what: 'PowerShell', reply: fence('powershell', "Set-Content src/sum.py @'\nx\n'@\n") },
  ])('$what', ({ reply }) => {
    const { writes, rejected, reply: read } = take(reply, FILES)
    expect(writes).toEqual({})
    expect(rejected).toHaveLength(1)
    expect(read.rejected[0]).toMatchObject({ line: expect.any(Number), message: expect.stringContaining('<<<< path') })
  })

  test.each([
    { what: 'prose', reply: 'It cannot be done, because the test wants the import of a module that is not there.\n' },
    { what: 'a list', reply: 'To do:\n- import the data\n- return the sum (a + b)\n- use a class\n' },
    { what: 'lines of the file', reply: `src/sum.py\n${PY}` },
    { what: 'a line of code', reply: 'The line\n\n    return a - b\n\nis right.\n' },
    { what: 'HTML', reply: '<details>\n<summary>Why</summary>\nIt is so.\n</details>\n' },
    { what: 'an output', reply: fence('console', 'FAIL test_add\n1 failed\n') },
    {
      what: 'a command that changes nothing',
      reply: fence('sh', 'pip install x && python src/sum.py\nrm -rf build\n'),
    },
    { what: 'a heading with two paths', reply: '### From src/sum.py to src/add.ts\nIt is so.\n' },
    { what: 'a word and a tag', reply: '<code>\nsays nothing\n' },
    { what: 'a quoted output', reply: '> ```\n> 1 failed\n> ```\nsays all.\n' },
    { what: 'words', reply: 'Before:\nit was wrong. Now it is right.\n' },
  ])('$what is explanation', ({ reply }) => {
    expect(take(reply, { ...FILES, 'setup.cfg': 'x\n' })).toMatchObject({ writes: {}, rejected: [] })
  })

  test('beside a block of ours it is explanation', () => {
    const block = `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n`
    const others = [PY2, 'Old:\na - b\nNew:\na + b\n', '`mv notes.txt old.txt`\n', `<code>\n${PY2}</code>\n`]
    for (const other of others) {
      expect(take(`${block}\n${other}`, FILES)).toMatchObject({ writes: { 'src/sum.py': PY2 }, rejected: [] })
    }
  })
})
