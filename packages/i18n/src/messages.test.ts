import { readdirSync, readFileSync } from 'node:fs'
import { ERROR_CODES } from '@fieldback/domain/errors'
import { describe, expect, it } from 'vitest'
import { french } from './french.ts'
import { type CompiledMessage, compileMessage } from './icu.ts'
import { LOCALES } from './locale.ts'
import { messagesOf } from './messages.ts'
import { ACCESS_TEXTS } from './phone-access.ts'
import { ACCOUNT_TEXTS } from './phone-account.ts'
import { CONTEST_TEXTS } from './phone-contest.ts'
import { phoneEnglish } from './phone-english.ts'
import { ERROR_TEXTS } from './phone-error.ts'
import { FIELD_TYPE_TEXTS } from './phone-field-types.ts'
import { FOR_ME_TEXTS } from './phone-for-me.ts'
import { phoneFrench } from './phone-french.ts'
import { INSIGHT_TEXTS } from './phone-insight.ts'
import { LOCK_TEXTS } from './phone-lock.ts'
import { MEDIA_TEXTS } from './phone-media.ts'
import { OPINION_TEXTS } from './phone-opinion.ts'
import { OUTBOX_TEXTS } from './phone-outbox.ts'
import { REPORT_TEXTS } from './phone-report.ts'
import { SEGMENT_TEXTS } from './phone-segment.ts'
import { SHELL_TEXTS } from './phone-shell.ts'

type Flat = ReadonlyMap<string, string>
const FOLDER = new URL('../messages/', import.meta.url)
const NOUNS = readdirSync(new URL('fr/', FOLDER)).map((name) => name.replace('.json', ''))

/** `field-desk.json` is the namespace `fieldDesk`: what only the desk says of a noun. */
const camel = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function flatten(tree: object, prefix = ''): Flat {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) found.set(path, text)
  }
  return found
}
const onDisk = (locale: string, noun: string): Flat =>
  flatten(JSON.parse(readFileSync(new URL(`${locale}/${noun}.json`, FOLDER), 'utf8')))

/** Tags mark places for components at the desk (`<b>`); they are names, like arguments. */
const TAG = /<\/?([a-z]\w*)\s*\/?>/gi

/**
 * What a message writes: its arguments, numbers it counts with `#`, and tags. An argument that only chooses between
 * cases is a matter of each language's grammar: « Acceptés » agrees in number where "Accepted" does not.
 */
function writtenBy(source: string): string[] {
  const tags = [...source.matchAll(TAG)].map(([, name]) => `<${name}>`)
  const names: string[] = []
  const walk = (nodes: CompiledMessage, counted: string) => {
    for (const node of nodes) {
      if (typeof node === 'string') continue
      if (!('cases' in node)) names.push(node.name === '#' ? counted : node.name)
      else
        for (const inside of node.cases.values()) walk(inside, node.kind === 'select' ? counted : node.name)
    }
  }
  walk(compileMessage(source.replaceAll(TAG, '')), '#')
  return [...new Set([...tags, ...names])].sort()
}

it('every noun has its file in both languages and is registered', () => {
  for (const locale of LOCALES) {
    const files = readdirSync(new URL(`${locale}/`, FOLDER)).map((name) => camel(name.replace('.json', '')))
    // At the desk the two files of errors are one namespace.
    expect(files.sort()).toEqual([...Object.keys(french), 'errorDesk'].sort())
  }
})

describe.each(NOUNS)('%s', (noun) => {
  const [fr, en] = [onDisk('fr', noun), onDisk('en', noun)]

  it('has the same keys in French and English', () => {
    expect([...en.keys()].sort()).toEqual([...fr.keys()].sort())
  })

  it('writes the same arguments in French and English', () => {
    const named = (texts: Flat) => Object.fromEntries([...texts].map(([key, text]) => [key, writtenBy(text)]))
    expect(named(en)).toEqual(named(fr))
  })

  it('says something for each key', () => {
    for (const [key, text] of [...fr, ...en]) expect([key, text.trim()]).not.toEqual([key, ''])
  })
})

it('every error has its sentence', () => {
  for (const locale of LOCALES)
    expect(Object.keys(messagesOf(locale).error).sort()).toEqual([...ERROR_CODES].sort())
})

it('every text of the phone is in the subset that the phone can say', () => {
  const beside = LOCALES.flatMap((locale) => [
    ...flatten(FIELD_TYPE_TEXTS[locale]),
    ...flatten(CONTEST_TEXTS[locale]),
    ...flatten(ACCOUNT_TEXTS[locale]),
    ...flatten(SEGMENT_TEXTS[locale]),
    ...flatten(SHELL_TEXTS[locale]),
    ...flatten(OPINION_TEXTS[locale]),
    ...flatten(OUTBOX_TEXTS[locale]),
    ...flatten(MEDIA_TEXTS[locale]),
    ...flatten(LOCK_TEXTS[locale]),
    ...flatten(ACCESS_TEXTS[locale]),
    ...flatten(REPORT_TEXTS[locale]),
    ...flatten(ERROR_TEXTS[locale]),
    ...flatten(FOR_ME_TEXTS[locale]),
    ...flatten(INSIGHT_TEXTS[locale]),
  ])
  for (const [key, text] of [...flatten(phoneFrench), ...flatten(phoneEnglish), ...beside])
    expect(() => compileMessage(text), `${key}: ${text}`).not.toThrow()
})

it('French is served with its typography: no straight apostrophe, no plain space before high punctuation', () => {
  for (const [key, text] of flatten(messagesOf('fr'))) {
    expect([key, text.match(/\p{L}'\p{L}| [?!;»]| :(?=\s)|\d %|« /u)?.[0] ?? null]).toEqual([key, null])
  }
})
