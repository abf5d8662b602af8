/**
 * How surely a line is a placeholder for omitted lines: `dots` alone on a line, a `strong` phrase that says little else,
 * or a `weak` one that a comment in complete code may also contain.
 */
export type Placeholder = 'dots' | 'strong' | 'weak'

/** Comments of the usual languages; what they say is the first group that matched. */
const COMMENT =
  /^\s*(?:\/\/+!?|#+|\/\*+|\{\/\*+|<!--+|<%[#-]*-*|<%!?--|\{#-?|\{\{!?-*|@\*|\(\*(?=\s)|\{-(?=\s)|--+\[\[|--+(?=\s)|;+|%+|!+(?=\s)|\*+(?=\s)|"""|'''|REM\b|dnl\b|\.\.(?=\s)|#\|)\s*(.*?)\s*(?:\*+\/\}?|--+>|--%>|%>|-?#\}|-*\}\}|\*@|\*\)|-\}|\]\]|"""|'''|\|#)?\s*$/i
const PROSE_COMMENT = /^\s*<!--+\s*(.*?)\s*--+>\s*$/
/** In Markdown emphasis may stand around it. */
const BRACKETED = /^\s*[*_]{0,3}[[(<{]+\s*(.*?)\s*[\])>}]+[*_]{0,3}\s*[,;.]?\s*$/
/** A body of which only a comment or dots are left: `{ /* unchanged *\/ }`, `pass  # existing code`. */
const EMPTY_BODY = /(?:\{\s*(?:\/\*+\s*(.*?)\s*\*\/|(\.{3}|…))\s*\}|^\s*pass\s*#+\s*(.*?))\s*;?\s*$/
/** `{...rest}` in JavaScript. */
const SPREAD = /^\s*[[({]\.{3}[\w$.]+[\])}][,;]?\s*$/
const LED_BY_DOTS = /^\s*(?:\.{3,}|[…⋮⋯])\s*\S/
const LONGEST_COMMENT = 160

const THING = String.raw`(?:code|files?|functions?|methods?|class(?:es)?|implementations?|modules?|scripts?|contents?|document|imports?|tests?|logic|body|lines?|sections?|components?|config(?:uration)?|page|markup|html|styles?|css|rules?|template|layout|entries|items|fields|properties|props|keys|values|definitions?|declarations?|statements?|handlers?|routes?|cases?|queries|tables?|paragraphs?|text|stuff|data|program|block)`
const REST = String.raw`(?:rest|remainder|everything(?: else)?|others?|remaining|existing|previous|original|earlier)`
const STAYS = String.raw`(?:remains?|stays?|kept|left|is|are|continues?) (?:exactly )?(?:the same|unchanged|unmodified|untouched|as is|as before|as above|identical|here)`
const DOTS = String.raw`(?:\.{3,}|[…⋮⋯])`

const STRONG: readonly RegExp[] = [
  `^${DOTS}$`,
  `^${DOTS}.*\\b(?:rest|remaining|existing|previous|unchanged|same|other|omitted|code|here|before|above|below|original|implementation|snip|imports?|methods?|functions?)\\b`,
  `^(?:the |your |all |${DOTS} ?)*(?:rest|remainder) of (?:the |your |this |my )?(?:\\w+ ){0,2}${THING}\\b(?: (?:here|above|below|unchanged|omitted|${STAYS}|goes here|follows))?[ .…]*$`,
  `^(?:the |your |all )*(?:existing|previous|original|unchanged|remaining) (?:\\w+ )?${THING}[ .…]*$`,
  `^(?:the |your |all )*(?:${REST}|unchanged) (?:\\w+ )?${THING}.{0,20}\\b(?:here|unchanged|remains?|same|as is|as before|above|below|omitted)\\b`,
  `^(?:the |your |all )*(?:${REST}|${THING})\\b(?: \\S+){0,4} ${STAYS}\\b.{0,20}$`,
  '^(?:same|unchanged|no changes?)(?: code)? (?:as )?(?:here|below|above|before|from here|to here|in between|as (?:before|above|original))[ .…]*$',
  `^(?:the )?(?:${REST}|${THING})\\b(?! (?:that|which))(?: \\S+){0,3} (?:omitted|truncated|snipped|elided)\\b.{0,5}$`,
  '\\b(?:omitted|truncated|snipped|elided)\\b.{0,10}\\bfor (?:brevity|clarity|space)\\b',
  '^(?:the )?(?:rest|remaining|unchanged)(?: (?:is )?unchanged| here| as before| stays)?[ .…]*$',
  `^[\\w.$]+\\(\\)(?:,? (?:and )?[\\w.$]+\\(\\))* ${STAYS}[ .…]*$`,
  // German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese.
  '^(?:der )?(?:übrige[rn]? code|rest)(?: (?:des|vom|der) \\S+)? (?:bleibt|ist|wie)\\b.{0,30}$',
  '^(?:le )?reste(?: du \\S+)? (?:est|reste|demeure|inchangé)\\b.{0,20}$',
  '^(?:el|o|il) rest[oa](?: (?:del|do|de la|della) \\S+)? (?:sigue|queda|permanece|es|continua|fica|rimane|resta)\\b.{0,25}$',
  '^(?:остальной код|остальное|код ниже)(?: .{0,25})?$',
  '^(?:其余|剩余|其他)(?:的?(?:代码|部分|内容|函数|方法))?(?:保持|维持)?不变[。.…]*$',
  '^(?:残り|以下|その他)(?:のコード)?は?(?:同じ|変更なし|そのまま)(?:です)?[。.…]*$',
].map((phrase) => new RegExp(phrase, 'i'))

const WEAK: readonly RegExp[] = [
  `^${DOTS}|${DOTS}$`,
  `\\b(?:rest|remainder|remaining|existing|previous|original|unchanged|unmodified|same|other|others|earlier|omitted|truncated|snip|snipped|elided|skipped|abbreviated|identical|etc)\\b`,
  '\\bas (?:above|before|is|previously|earlier|usual)\\b',
  '\\bno changes?\\b',
  '\\b(?:code|implementation|logic|body|content|contents) (?:here|goes here|above|below)\\b',
  '\\b(?:see|like) (?:above|before)\\b',
  // German, French, Spanish, Portuguese, Italian.
  '\\b(?:unverändert|restlich\\w*|bisherig\\w*|übrig\\w*|wie (?:zuvor|bisher|oben|vorher)|inchangée?s?|reste|comme avant|resto|restante|sin cambios|sem (?:alterações|mudanças)|igual|invariato|come prima)(?!\\w)',
  // Dutch, Polish, Czech, Swedish, Turkish.
  '\\b(?:ongewijzigd|overige|zoals eerder|bez zmian|pozostał\\w*|reszta|beze změny?|zbytek|oförändra\\w*|resten|değişmedi|geri kalan)(?!\\w)',
  // Chinese, Japanese, Korean, Russian, Ukrainian.
  '其余|剩余|其他代码|省略|不变|保持|同上|変更なし|残り|同じ|そのまま|나머지|동일|остальн|без изменений|прежн|решта|без змін',
].map((phrase) => new RegExp(phrase, 'i'))

/**
 * Reads a line as a placeholder; undefined if it is certainly not one.
 *
 * @param onlyHtml whether only HTML has comments here
 */
export function readPlaceholder(line: string, onlyHtml: boolean): Placeholder | undefined {
  if (/^\s*(?:\.{3,}|[…⋮⋯])\s*$/.test(line)) return 'dots'
  const text = line.length > LONGEST_COMMENT || SPREAD.test(line) ? undefined : textOf(line, onlyHtml)
  if (text === undefined) return undefined
  if (STRONG.some((phrase) => phrase.test(text))) return 'strong'
  return WEAK.some((phrase) => phrase.test(text)) ? 'weak' : undefined
}

/** What a comment, a line in brackets, or one that begins with dots says; undefined for any other line. */
function textOf(line: string, onlyHtml: boolean): string | undefined {
  const comment = (onlyHtml ? PROSE_COMMENT : COMMENT).exec(line)?.[1]
  const bracketed = BRACKETED.exec(comment ?? line)?.[1]
  const [, inBraces, dots, behindPass] = EMPTY_BODY.exec(line) ?? []
  return bracketed ?? comment ?? inBraces ?? dots ?? behindPass ?? (LED_BY_DOTS.test(line) ? line.trim() : undefined)
}
