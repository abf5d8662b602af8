const KEYWORD =
  /^\s*(?:import|from|def|class|return|package|use|using|var|let|const|func|function|fn|pub|public|private|static|async|export|module|struct|enum|elif|else|except|finally|end|endif|fi|done|esac)\b(?! (?:a [a-z]|(?:the|an|is|are|of|it|this|that|to)\b))/
/** A longer line is prose, or data. */
const LONGEST = 300
const SIGNS =
  /[;{}]\s*$|^\s*[}\])]|\w\([^)]*\)\s*[:;{]?\s*$|^\s*[\w.[\]"']+\s*(?:[-+*/|&:]?=|:=)\s*\S|^\s*#(?:include|define|!)|^\s*<[/!]?[a-z][^>]*>/

/** Whether a line of text is more likely a line of a program than a sentence. */
export function isCodeLine(line: string): boolean {
  if (line.length > LONGEST) return false
  return (KEYWORD.test(line) && !/[.!?]\s*$/.test(line)) || SIGNS.test(line)
}
