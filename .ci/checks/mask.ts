/** Source code in which only code is left: comments are blank and texts are numbers into a list. */
export interface MaskedSource {
  /** Has as many lines as the source. A text stands in it as `"17"`, its place in `texts`. */
  readonly code: string
  readonly texts: readonly string[]
}

/** After one of these a slash begins a regular expression; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[([{,;=:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await))$/

/** Blanks comments and takes texts out of TypeScript, JavaScript or Java, so that a search meets code alone. */
export function maskSource(source: string): MaskedSource {
  const texts: string[] = []
  let code = ''
  let at = 0

  function keepText(text: string): void {
    code += `"${texts.push(text) - 1}"${newlinesOf(text)}`
  }

  function skipTo(end: number): void {
    code += newlinesOf(source.slice(at, end))
    at = end
  }

  function takeQuoted(quote: string): void {
    const end = endOfQuoted(source, at, quote)
    keepText(source.slice(at + 1, end))
    at = source[end] === quote ? end + 1 : end
  }

  /** The parts of a template are texts; what it embeds is code again. */
  function takeTemplate(): void {
    at += 1
    for (;;) {
      const end = endOfTemplatePart(source, at)
      keepText(source.slice(at, end))
      if (source[end] !== '$') {
        at = end + 1
        return
      }
      at = end + 2
      code += '('
      takeCode('}')
      code += ')'
      at += 1
    }
  }

  /** Reads on until a closing brace that it did not see opened, or to the end. */
  function takeCode(until: '}' | undefined): void {
    let depth = 0
    while (at < source.length) {
      const char = source[at] ?? ''
      const next = source[at + 1]
      if (char === '/' && next === '/') skipTo(endOf(source, '\n', at))
      else if (char === '/' && next === '*') skipTo(endOf(source, '*/', at + 2) + 2)
      else if (char === "'" || char === '"') takeQuoted(char)
      else if (char === '`') takeTemplate()
      else if (char === '/' && BEFORE_REGEX.test(code.trimEnd())) skipTo(endOfRegex(source, at))
      else {
        if (char === '{') depth += 1
        if (char === '}') depth -= 1
        if (until !== undefined && depth < 0) return
        code += char
        at += 1
      }
    }
  }

  takeCode(undefined)
  return { code, texts }
}

/** Number of the line, from 1, that a place in a text is on. */
export function lineOf(text: string, index: number): number {
  return newlinesOf(text.slice(0, index)).length + 1
}

function newlinesOf(text: string): string {
  return text.replace(/[^\n]/g, '')
}

function endOf(source: string, what: string, from: number): number {
  const end = source.indexOf(what, from)
  return end === -1 ? source.length : end
}

/** Where a quoted text ends: with its line at the latest, so that a stray quote spoils one line and not the file. */
function endOfQuoted(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === quote || source[at] === '\n') return at
  }
  return source.length
}

function endOfTemplatePart(source: string, start: number): number {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === '`' || (source[at] === '$' && source[at + 1] === '{')) return at
  }
  return source.length
}

function endOfRegex(source: string, start: number): number {
  let isInClass = false
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at]
    if (char === '\n') return start + 1
    if (char === '\\') at += 1
    else if (char === '[') isInClass = true
    else if (char === ']') isInClass = false
    else if (char === '/' && !isInClass) return at + 1
  }
  return start + 1
}
