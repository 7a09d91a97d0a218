/**
 * The part of ICU MessageFormat that our texts use, in about a kilobyte: arguments, plural, selectordinal and select,
 * nested, with `#` and ICU's quotes. A message is compiled when first said. What is outside throws, and a test compiles
 * every text of the phone.
 */
export type MessageValues = Readonly<Record<string, string | number>>

type Node = string | Argument | Choice
type Argument = { readonly name: string }
type Choice = {
  readonly name: string
  readonly kind: 'plural' | 'selectordinal' | 'select'
  readonly cases: ReadonlyMap<string, readonly Node[]>
}

export type CompiledMessage = readonly Node[]

/** Compiles a message; throws a SyntaxError naming the place of what is not in the subset. */
export function compileMessage(source: string): CompiledMessage {
  const reader = new Reader(source)
  const nodes = reader.nodes(false)
  reader.end()
  return nodes
}

/**
 * Says a compiled message. A missing value is written as its name in braces, so that it is seen rather than lost. A value
 * that ends in a stop ("23 nov.") ends the sentence with it.
 */
export function sayMessage(nodes: CompiledMessage, values: MessageValues, locale: string): string {
  return nodes.reduce<string>((said, node) => {
    const next = sayNode(node, values, locale)
    return said + (said.endsWith('.') && next.startsWith('.') ? next.slice(1) : next)
  }, '')
}

const COUNT = '#'

function sayNode(node: Node, values: MessageValues, locale: string): string {
  if (typeof node === 'string') return node
  const value = values[node.name]
  if (!('cases' in node)) {
    if (node.name === COUNT) return typeof value === 'number' ? numberFormat(locale).format(value) : '#'
    return value === undefined ? `{${node.name}}` : String(value)
  }
  const chosen = caseOf(node, value, locale)
  if (node.kind === 'select' || typeof value !== 'number') return sayMessage(chosen, values, locale)
  return sayMessage(chosen, { ...values, [COUNT]: value }, locale)
}

function caseOf(
  { kind, cases }: Choice,
  value: string | number | undefined,
  locale: string,
): readonly Node[] {
  const other = cases.get('other') ?? []
  if (kind === 'select' || typeof value !== 'number') return cases.get(String(value)) ?? other
  const exact = cases.get(`=${value}`)
  return (
    exact ?? cases.get(pluralRules(locale, kind === 'plural' ? 'cardinal' : 'ordinal').select(value)) ?? other
  )
}

const formats = new Map<string, Intl.NumberFormat>()
const rules = new Map<string, Intl.PluralRules>()

function numberFormat(locale: string): Intl.NumberFormat {
  const known = formats.get(locale) ?? new Intl.NumberFormat(locale)
  formats.set(locale, known)
  return known
}

function pluralRules(locale: string, type: 'cardinal' | 'ordinal'): Intl.PluralRules {
  const key = locale + type
  const known = rules.get(key) ?? new Intl.PluralRules(locale, { type })
  rules.set(key, known)
  return known
}

class Reader {
  private readonly source: string
  private at = 0

  constructor(source: string) {
    this.source = source
  }

  nodes(counted: boolean): Node[] {
    const found: Node[] = []
    while (this.at < this.source.length && this.source[this.at] !== '}') {
      const next = this.source[this.at]
      if (next === '{') found.push(this.placeholder())
      else if (next === '#' && counted) {
        this.at += 1
        found.push({ name: COUNT })
      } else found.push(this.text(counted))
    }
    return found
  }

  end(): void {
    if (this.at < this.source.length) this.fail('no brace to close')
  }

  private text(counted: boolean): string {
    let text = ''
    while (this.at < this.source.length) {
      const next = this.source[this.at] ?? ''
      if (next === '{' || next === '}' || (next === '#' && counted)) break
      if (next === '<' && /[a-z/]/i.test(this.source[this.at + 1] ?? ''))
        this.fail('tags are not in the subset')
      text += next === "'" ? this.quoted(counted) : next
      this.at += 1
    }
    return text
  }

  /** ICU: two quotes are one; a quote before { } (or # in a plural) starts literal text, up to the next quote. */
  private quoted(counted: boolean): string {
    const next = this.source[this.at + 1] ?? ''
    if (next === "'") {
      this.at += 1
      return "'"
    }
    if (next !== '{' && next !== '}' && !(next === '#' && counted)) return "'"
    const close = this.source.indexOf("'", this.at + 2)
    const end = close < 0 ? this.source.length : close
    const literal = this.source.slice(this.at + 1, end)
    this.at = end
    return literal
  }

  private placeholder(): Node {
    this.at += 1
    const name = this.word()
    if (this.take('}')) return { name }
    this.expect(',')
    const kind = this.word()
    if (kind !== 'plural' && kind !== 'select' && kind !== 'selectordinal')
      this.fail(`"${kind}" is not in the subset`)
    this.expect(',')
    return this.choice(name, kind as Choice['kind'])
  }

  private choice(name: string, kind: Choice['kind']): Choice {
    const cases = new Map<string, readonly Node[]>()
    while (!this.take('}')) {
      const key = this.word()
      this.expect('{')
      cases.set(key, this.nodes(kind !== 'select'))
      this.expect('}')
    }
    if (!cases.has('other')) this.fail('"other" is missing')
    return { name, kind, cases }
  }

  private word(): string {
    this.space()
    const word = /^[=\w.-]+/.exec(this.source.slice(this.at))?.[0]
    if (!word) this.fail('a name is missing')
    this.at += word?.length ?? 0
    this.space()
    return word ?? ''
  }

  private take(mark: string): boolean {
    this.space()
    if (this.source[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private expect(mark: string): void {
    if (!this.take(mark)) this.fail(`"${mark}" is missing`)
  }

  private space(): void {
    while (/\s/.test(this.source[this.at] ?? '')) this.at += 1
  }

  private fail(what: string): never {
    throw new SyntaxError(`${what} at ${this.at} of "${this.source}"`)
  }
}
