import { dayNumber } from '../agenda/day.ts'
import type { AnswerValue } from './answer.ts'
import { type FormulaToken, lexFormula } from './formula-token.ts'

/** What is wrong with a formula, and where: a character of its text, from 0. */
export type FormulaFault = { readonly reason: FormulaReason; readonly at: number; readonly word: string }
export type FormulaReason =
  | 'empty'
  | 'long'
  | 'deep'
  | 'sign'
  | 'end'
  | 'function'
  | 'arguments'
  | 'reference'
  | 'type'

export const FORMULA_MAX = 2000
const TOKENS_MAX = 400
const DEPTH_MAX = 40

type Arithmetic = '+' | '-' | '*' | '/'
type Comparison = '<' | '<=' | '>' | '>=' | '=' | '<>'
const FUNCTIONS = {
  min: [1, 50],
  max: [1, 50],
  abs: [1, 1],
  round: [1, 2],
  if: [3, 3],
  days: [2, 2],
} as const
type FunctionName = keyof typeof FUNCTIONS
/** The words of both languages, so that a formula is written in the writer's. */
const WORDS: Readonly<Record<string, FunctionName | 'day'>> = {
  min: 'min',
  max: 'max',
  abs: 'abs',
  round: 'round',
  arrondi: 'round',
  if: 'if',
  si: 'if',
  days: 'days',
  jours: 'days',
  day: 'day',
  jour: 'day',
}

export type FormulaNode = { readonly at: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly id: string }
  /** The day of the report. */
  | { readonly kind: 'day' }
  | { readonly kind: 'minus'; readonly of: FormulaNode }
  | {
      readonly kind: 'arithmetic'
      readonly op: Arithmetic
      readonly left: FormulaNode
      readonly right: FormulaNode
    }
  | {
      readonly kind: 'compare'
      readonly op: Comparison
      readonly left: FormulaNode
      readonly right: FormulaNode
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly FormulaNode[] }
)

export type Parsed =
  | { readonly ok: true; readonly root: FormulaNode; readonly fields: readonly string[] }
  | { readonly ok: false; readonly fault: FormulaFault }

const KEPT_MAX = 500
const kept = new Map<string, Parsed>()

/** Reads a formula, once: the same text is the same tree. Never throws; nothing in it can loop or reach outside. */
export function parseFormula(text: string): Parsed {
  const known = kept.get(text)
  if (known) return known
  if (kept.size >= KEPT_MAX) kept.clear()
  const parsed = text.length > FORMULA_MAX ? wrong('long', FORMULA_MAX) : parseTokens(lexFormula(text))
  kept.set(text, parsed)
  return parsed
}

const wrong = (reason: FormulaReason, at: number, word = ''): Parsed => ({
  ok: false,
  fault: { reason, at, word },
})

class Refused extends Error {
  readonly fault: FormulaFault
  constructor(reason: FormulaReason, at: number, word = '') {
    super(reason)
    this.fault = { reason, at, word }
  }
}

/** As `parseFormula`, of tokens read already. */
export function parseTokens(tokens: readonly FormulaToken[]): Parsed {
  if (tokens.length === 0) return wrong('empty', 0)
  if (tokens.length > TOKENS_MAX) return wrong('long', tokens[TOKENS_MAX]?.at ?? 0)
  try {
    const root = new Reader(tokens).whole()
    const fields = new Set(tokens.flatMap((token) => (token.kind === 'field' ? token.text : [])))
    return { ok: true, root, fields: [...fields] }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, fault: error.fault }
    throw error
  }
}

/** Recursive descent: comparison, sum, product, sign, primary. */
class Reader {
  readonly #tokens: readonly FormulaToken[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly FormulaToken[]) {
    this.#tokens = tokens
  }

  whole(): FormulaNode {
    const root = this.#comparison()
    const rest = this.#tokens[this.#next]
    if (rest) throw new Refused('sign', rest.at, rest.text)
    return root
  }

  #take(...texts: readonly string[]): FormulaToken | null {
    const token = this.#tokens[this.#next]
    if (token?.kind !== 'sign' || !texts.includes(token.text)) return null
    this.#next += 1
    return token
  }

  #need(text: string): void {
    if (this.#take(text)) return
    this.#stop()
  }

  #stop(): never {
    const token = this.#tokens[this.#next]
    if (token) throw new Refused(token.kind === 'label' ? 'reference' : 'sign', token.at, token.text)
    const last = this.#tokens.at(-1)
    throw new Refused('end', last ? last.at + last.length : 0)
  }

  #comparison(): FormulaNode {
    const left = this.#sum()
    const sign = this.#take('<', '<=', '>', '>=', '=', '<>')
    if (!sign) return left
    return { kind: 'compare', at: sign.at, op: sign.text as Comparison, left, right: this.#sum() }
  }

  #sum(): FormulaNode {
    let left = this.#product()
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-'))
      left = { kind: 'arithmetic', at: sign.at, op: sign.text as Arithmetic, left, right: this.#product() }
    return left
  }

  #product(): FormulaNode {
    let left = this.#signed()
    for (let sign = this.#take('*', '/'); sign; sign = this.#take('*', '/'))
      left = { kind: 'arithmetic', at: sign.at, op: sign.text as Arithmetic, left, right: this.#signed() }
    return left
  }

  /** Every nesting passes here. */
  #signed(): FormulaNode {
    const token = this.#tokens[this.#next]
    this.#depth += 1
    if (this.#depth > DEPTH_MAX) throw new Refused('deep', token?.at ?? 0)
    const sign = this.#take('-')
    const node: FormulaNode = sign ? { kind: 'minus', at: sign.at, of: this.#signed() } : this.#primary()
    this.#depth -= 1
    return node
  }

  #primary(): FormulaNode {
    const token = this.#tokens[this.#next]
    if (!token) return this.#stop()
    const { at } = token
    if (token.kind === 'number') {
      this.#next += 1
      return { kind: 'number', at, value: Number(token.text) }
    }
    if (token.kind === 'field') {
      this.#next += 1
      return { kind: 'field', at, id: token.text }
    }
    if (token.kind === 'word') return this.#word(token)
    this.#need('(')
    const inner = this.#comparison()
    this.#need(')')
    return inner
  }

  #word({ text, at }: FormulaToken): FormulaNode {
    const name = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined
    if (!name) throw new Refused('function', at, text)
    this.#next += 1
    if (name === 'day') return { kind: 'day', at }
    this.#need('(')
    const args = [this.#comparison()]
    while (this.#take(';')) args.push(this.#comparison())
    this.#need(')')
    const [least, most] = FUNCTIONS[name]
    if (args.length < least || args.length > most) throw new Refused('arguments', at, text)
    return { kind: 'call', at, name, args }
  }
}

export type FormulaType = 'number' | 'day' | 'flag'

/**
 * What a formula makes, from the types of the questions it names; null for a question that it may not name. A formula
 * must come to a number.
 */
export function formulaFault(
  root: FormulaNode,
  typeOf: (fieldId: string) => FormulaType | null,
): FormulaFault | null {
  try {
    const type = typed(root, typeOf)
    return type === 'number' ? null : { reason: 'type', at: root.at, word: '' }
  } catch (error) {
    if (error instanceof Refused) return error.fault
    throw error
  }
}

function typed(node: FormulaNode, typeOf: (fieldId: string) => FormulaType | null): FormulaType {
  const expect = (child: FormulaNode, type: FormulaType): void => {
    if (typed(child, typeOf) !== type) throw new Refused('type', child.at)
  }
  switch (node.kind) {
    case 'number':
      return 'number'
    case 'day':
      return 'day'
    case 'field': {
      const type = typeOf(node.id)
      if (!type) throw new Refused('reference', node.at)
      return type
    }
    case 'minus':
      expect(node.of, 'number')
      return 'number'
    case 'arithmetic':
      expect(node.left, 'number')
      expect(node.right, 'number')
      return 'number'
    case 'compare': {
      const type = typed(node.left, typeOf)
      expect(node.right, type)
      if (type === 'flag' && node.op !== '=' && node.op !== '<>') throw new Refused('type', node.at)
      return 'flag'
    }
    case 'call':
      return typedCall(node.name, node.args, { expect, typeOf })
  }
}

type Typing = {
  readonly expect: (child: FormulaNode, type: FormulaType) => void
  readonly typeOf: (fieldId: string) => FormulaType | null
}

function typedCall(
  name: FunctionName,
  args: readonly FormulaNode[],
  { expect, typeOf }: Typing,
): FormulaType {
  const [first, second, third] = args
  if (name === 'days') for (const arg of args) expect(arg, 'day')
  else if (name === 'if' && first && second && third) {
    expect(first, 'flag')
    const type = typed(second, typeOf)
    expect(third, type)
    return type
  } else for (const arg of args) expect(arg, 'number')
  return 'number'
}

type Value = number | boolean | string | undefined
export type FormulaRead = {
  readonly said: (fieldId: string) => AnswerValue | undefined
  /** Of the report, YYYY-MM-DD: never the clock's. */
  readonly day: string
}

/** Answers stay within it too (field/answer.ts). */
const EXTENT = 1e15
const DAY = /^\d{4}-\d{2}-\d{2}$/
const POWERS = [1, 10, 100, 1000, 1e4, 1e5, 1e6]

/** The most digits that are kept: every screen shows two. */
export const DECIMALS_MAX = 2

/**
 * What a formula comes to, rounded half away from zero to `decimals`: null for no value. A missing or unknown answer gives
 * no value wherever it is needed, so do a division by zero and what no double holds; only the branch of an "if" that is
 * taken is needed.
 */
export function formulaValue(root: FormulaNode, read: FormulaRead, decimals = DECIMALS_MAX): number | null {
  const value = figureOf(root, read)
  return typeof value === 'number' ? (rounded(value, Math.min(decimals, DECIMALS_MAX)) ?? null) : null
}

/** A number that an answer could be; never a minus zero. */
const sound = (value: number): number | undefined =>
  Number.isFinite(value) && Math.abs(value) <= EXTENT ? value + 0 : undefined

function rounded(value: number, digits: number): number | undefined {
  const power = POWERS[digits]
  if (power === undefined) return undefined
  // Fifteen digits forget the noise of binary fractions: 1.005 is 1.01.
  const whole = Math.round(Number((Math.abs(value) * power).toPrecision(15))) / power
  return sound(value < 0 ? -whole : whole)
}

function figureOf(node: FormulaNode, read: FormulaRead): Value {
  switch (node.kind) {
    case 'number':
      return sound(node.value)
    case 'day':
      return DAY.test(read.day) ? read.day : undefined
    case 'field': {
      const said = read.said(node.id)
      if (typeof said === 'number') return sound(said)
      return typeof said === 'boolean' || (typeof said === 'string' && DAY.test(said)) ? said : undefined
    }
    case 'minus': {
      const of = figureOf(node.of, read)
      return typeof of === 'number' ? sound(-of) : undefined
    }
    case 'arithmetic':
      return calculated(node.op, figureOf(node.left, read), figureOf(node.right, read))
    case 'compare':
      return compared(node.op, figureOf(node.left, read), figureOf(node.right, read))
    case 'call':
      return called(node.name, node.args, read)
  }
}

function calculated(op: Arithmetic, left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined
  switch (op) {
    case '+':
      return sound(left + right)
    case '-':
      return sound(left - right)
    case '*':
      return sound(left * right)
    case '/':
      return right === 0 ? undefined : sound(left / right)
  }
}

function compared(op: Comparison, left: Value, right: Value): Value {
  if (left === undefined || right === undefined || typeof left !== typeof right) return undefined
  switch (op) {
    case '=':
      return left === right
    case '<>':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

function called(name: FunctionName, args: readonly FormulaNode[], read: FormulaRead): Value {
  const [first, second, third] = args
  if (name === 'if') {
    const test = first && figureOf(first, read)
    const taken = test === true ? second : test === false ? third : undefined
    return taken && figureOf(taken, read)
  }
  const values = args.map((arg) => figureOf(arg, read))
  if (name === 'days') {
    const [from, to] = values
    return typeof from === 'string' && typeof to === 'string' ? dayNumber(to) - dayNumber(from) : undefined
  }
  const numbers = values.filter((value) => typeof value === 'number')
  const [value = 0, digits = 0] = numbers
  if (numbers.length < values.length) return undefined
  switch (name) {
    case 'min':
      return Math.min(...numbers)
    case 'max':
      return Math.max(...numbers)
    case 'abs':
      return Math.abs(value)
    case 'round':
      return rounded(value, digits)
  }
}
