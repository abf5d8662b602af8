import { describe, expect, test } from 'vitest'
import { PY2, FILES, fence } from '../support/forms.ts'
import { take } from '../support/take.ts'

describe('forms that are refused by name', () => {
  test.each([
    {
      what: 'write_to_file',
      code: 'tool-call',
      reply: '<write_to_file>\n<path>src/sum.py</path>\n<content>\nx\n</content>\n</write_to_file>\n',
    },
    {
      what: 'replace_in_file',
      code: 'tool-call',
      reply: '<replace_in_file>\n<path>src/sum.py</path>\n<diff>\n</diff>\n</replace_in_file>\n',
    },
    {
      what: 'invoke',
      code: 'tool-call',
      reply: '<function_calls>\n<invoke name="edit">\n</invoke>\n</function_calls>\n',
    },
    {
      what: 'tool_call',
      code: 'tool-call',
      reply: '<tool_call>\n{"name": "write_file", "arguments": {"path": "a"}}\n</tool_call>\n',
    },
    { what: 'function=', code: 'tool-call', reply: '<function=write_file>\n<parameter=path>a.py</parameter>\n' },
    { what: '[TOOL_CALLS]', code: 'tool-call', reply: '[TOOL_CALLS] [{"name": "write"}]\n' },
    { what: 'a call', code: 'tool-call', reply: 'functions.apply_patch({"patch": ""})\n' },
    { what: 'file path', code: 'xml-reply', reply: '<file path="src/sum.py">\nx\n</file>\n' },
    { what: 'file name', code: 'xml-reply', reply: `<file name='sum.py'>\nx\n</file>\n` },
    {
      what: 'boltAction',
      code: 'xml-reply',
      reply: '<boltAction type="file" filePath="src/sum.py">\nx\n</boltAction>\n',
    },
    { what: 'source', code: 'xml-reply', reply: 'src/sum.py\n<source>\nx\n</source>\n' },
    { what: 'path in XML', code: 'xml-reply', reply: '<edit>\n<path>src/sum.py</path>\n<new>x</new>\n</edit>\n' },
    { what: 'XML in a fence', code: 'xml-reply', reply: fence('xml', '<file path="src/sum.py">\nx\n</file>\n') },
    { what: 'JSON', code: 'json-reply', reply: '{"files":[{"path":"src/sum.py","content":"x"}]}' },
    {
      what: 'JSON in a fence behind a sentence',
      code: 'json-reply',
      reply: `Here:\n\n${fence('json', '{"files":[{"path":"a.py","content":"x"}]}\n')}`,
    },
    { what: 'a JSON list of edits', code: 'json-reply', reply: fence('json', '[{"file": "a.py", "edits": []}]\n') },
    {
      what: 'a call in JSON',
      code: 'tool-call',
      reply: fence('', '{"tool": "write", "arguments": {"path": "a.py", "content": "x"}}\n'),
    },
    { what: 'a here-document', code: 'shell-command', reply: fence('bash', "cat > src/sum.py <<'EOF'\nx\nEOF\n") },
    { what: 'a here-document, the other way round', code: 'shell-command', reply: 'cat <<EOF > src/sum.py\nx\nEOF\n' },
    { what: 'tee', code: 'shell-command', reply: fence('sh', '$ tee src/sum.py << EOF\nx\nEOF\n') },
    {
      what: 'a script on standard input',
      code: 'shell-command',
      reply: fence('sh', 'python3 - <<EOF\nopen("src/sum.py", "w")\nEOF\n'),
    },
    { what: 'sed -i', code: 'shell-command', reply: fence('sh', "sed -i 's/-/+/' src/sum.py\n") },
    { what: 'echo', code: 'shell-command', reply: fence('sh', 'echo x > src/sum.py\n') },
  ])('$what', ({ reply, code }) => {
    const { writes, rejected, reply: read } = take(reply, FILES)
    expect(writes).toEqual({})
    expect(rejected).toContain(code)
    expect(read.rejected.find((finding) => finding.code === code)?.message).toMatch(
      /(?:tool call|XML|JSON|shell command).*<<<< path/,
    )
  })

  test.each([
    { what: 'XML', code: 'xml-reply', text: '<file path="src/add.ts">\nx\n</file>\n' },
    { what: 'JSON', code: 'json-reply', text: '{"path": "src/add.ts", "content": "x\\n"}\n' },
    {
      what: 'JSON of several lines',
      code: 'json-reply',
      text: 'And:\n[{\n  "file": "src/add.ts",\n  "edits": [\n    { "old_string": "a", "new_string": "b" }\n  ]\n}]\n',
    },
    { what: 'a call', code: 'tool-call', text: 'edit_file(path="src/add.ts", old_str="a", new_str="b")\n' },
    {
      what: 'a call whose path is not first',
      code: 'tool-call',
      text: "print(default.str_replace(command='x', file_path='src/add.ts', old_str='a', new_str='b'))\n",
    },
  ])('$what beside a block of ours holds it back', ({ text, code }) => {
    const block = `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n`
    expect(take(`${block}${text}`, FILES)).toMatchObject({ writes: {}, rejected: [code] })
  })

  test.each([
    { what: 'JSON of another file', text: '{"path": "other.ts", "content": "x"}\n' },
    { what: 'JSON that is an output', text: '{\n  "passed": 3\n}\n' },
    { what: 'a call that names no file', text: 'write(text="a")\n' },
    { what: 'a call for another file', text: 'write(path="/tmp/x", text="a")\n' },
    { what: 'a call that writes nothing', text: 'create_reader(path="src/add.ts")\n' },
    { what: 'a long call', text: `write(path="src/add.ts", text="${'x'.repeat(3000)}")\n` },
  ])('$what beside a block is explanation', ({ text }) => {
    const block = `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n`
    expect(take(`${block}${text}`, FILES)).toMatchObject({ writes: { 'src/sum.py': PY2 }, rejected: [] })
  })

  test.each([
    { what: 'installing', reply: fence('sh', 'pip install x\nnpm test > log.txt\n') },
    { what: 'a scratch file', reply: fence('sh', 'cat > /tmp/x.json <<EOF\n{}\nEOF\n') },
    { what: 'JSON as an output', reply: fence('json', '{"passed": 3}\n'), only: true },
    { what: 'a long line', reply: `cat ${'x '.repeat(2000)}> src/sum.py\n` },
    { what: 'JSON that names no file', reply: fence('json', '{"content": "x"}\n'), only: true },
    { what: 'HTML in text', reply: '<div>\n<b>so</b>\n' },
    { what: 'a tag in a sentence', reply: 'The `<file path="a.py">` tag is missing.\n' },
    { what: 'prose', reply: 'It cannot be done, because the test is wrong.\n' },
    { what: 'a path and a word', reply: 'src/sum.py\nis wrong.\n' },
  ])('$what is explanation', ({ reply, only }) => {
    const { writes, rejected } = take(reply, FILES)
    expect(writes).toEqual({})
    if (!only) expect(rejected).toEqual([])
  })
})
