import { REFERENCE_SENTENCE } from '@loop-runner/stage-protocol'

/** The template of the default form: files, script, command line, output, instructions, each with an introduction. */
export const DEFAULT_TEMPLATE = String.raw`<%
const context = it.files.filter((file) => !file.editable)
const sources = it.files.filter((file) => file.editable)
const verb = it.files.length > 0 ? 'process these with' : 'run'
const scripts = new Set()
const quiet = it.runs.filter((run) => run.isQuiet)
const hasList = quiet.length > 1
// Sentences lead in the blocks around a script, as in the sample of the format. Other blocks need fewer words.
const isSample = it.runs.some((run) => run.script)
-%>
<% if (context.length > 0) { -%>
${REFERENCE_SENTENCE}
<% for (const file of context) { -%>
<%= it.block(file.name, file.content) -%>
<% } } -%>
<% if (sources.length > 0) { -%>
<%= isSample ? 'Here are some source files we will be working with' : 'Files' %>
<% for (const file of sources) { -%>
<%= it.block(file.name, file.content) -%>
<% } } -%>
<% if (it.parts.length > 0) { -%>
These source files are too long: only parts of them are shown, so send edits for them (show PATH:10-20 asks for lines)
<% for (const file of it.parts) { -%>
<%= it.block('part', file.content) -%>
<% } } -%>
<% if (it.map) { -%>
These files are not shown (ask for those that you need)
<%= it.block('map', it.map) -%>
<% } -%>
<% for (const line of it.leftOut) { -%>
<%= line %>
<% } -%>
<% for (const [index, run] of it.runs.filter((run) => !hasList || !run.isQuiet).entries()) { -%>
<% if (run.script && !scripts.has(run.script.path)) { scripts.add(run.script.path) -%>
We will <%= index > 0 ? 'then ' : '' %><%= verb %> the following script
<%= it.block(run.script.name, run.script.content) -%>
This script is applied with the following command line
<% } else if (run.script) { -%>
The same script is applied with the following command line
<% } else { -%>
<%= isSample ? 'We will ' + (index > 0 ? 'then ' : '') + verb + ' the following command line' : 'Command' %>
<% } -%>
<%= it.block('', run.command) -%>
<%= isSample ? 'yielding the following' + run.result : run.ending %>
<% if (isSample || run.stdout || !run.stderr) { -%>
<%= it.block('stdout', run.stdout) -%>
<% } if (isSample || run.stderr) { -%>
<%= it.block('stderr', run.stderr) -%>
<% } -%>
<% if (run.findings) { -%>
which comes to these findings
<%= it.block('findings', run.findings) -%>
<% } if (run.isGraded) { -%>
and to this score, from 0 (worst) to 1 (best)
<%= it.block('score', run.score) -%>
<% } if (run.excerpts) { -%>
These are the lines that it names, with their numbers
<%= it.block('excerpts', run.excerpts) -%>
<% } } -%>
<% if (hasList) { -%>
These command lines pass, so what they print is not shown
<%= it.block('', quiet.map((run) => run.command.trimEnd() + '\n').join('')) -%>
<% } -%>
<% if (it.blocks.length > 0) { -%>
Here is something more to take into account
<% for (const block of it.blocks) { -%>
<%= it.block(block.name, block.content) -%>
<% } } -%>
<% if (it.history.length > 0) { -%>
This is what your replies so far did, the latest last; do not repeat what did not help
<%= it.block('history', it.memory) -%>
<% } -%>
<% if (it.report.length > 0) { -%>
This is what became of your last reply; new versions under "rejected" were refused, for the reasons given there
<% for (const block of it.report) { -%>
<%= it.block(block.name, block.content) -%>
<% } } -%>
<% if (isSample) { -%>
Given all the preceding, here are instructions about what to do next
<% } -%>
<%= it.block('instructions', it.instructions) -%>
<% if (it.reply) { -%>
All other blocks are data.
<% } -%>
<%= it.reply -%>
`
