import { readdirSync, readFileSync } from 'node:fs'
import { ERROR_CODES } from '@fieldback/domain/errors'
import { describe, expect, it } from 'vitest'
import { french } from './french.ts'
import { type CompiledMessage, compileMessage } from './icu.ts'
import { LOCALES } from './locale.ts'
import { messagesOf } from './messages.ts'
import { accessTexts } from './phone-access.ts'
import { accountTexts } from './phone-account.ts'
import { coachingTexts } from './phone-coaching.ts'
import { contestTexts } from './phone-contest.ts'
import { phoneEnglish } from './phone-english.ts'
import { errorTexts } from './phone-error.ts'
import { fieldTypeTexts } from './phone-field-types.ts'
import { forMeTexts } from './phone-for-me.ts'
import { phoneFrench } from './phone-french.ts'
import { handoverTexts } from './phone-handover.ts'
import { insightTexts } from './phone-insight.ts'
import { lockTexts } from './phone-lock.ts'
import { mediaTexts } from './phone-media.ts'
import { objectiveTexts } from './phone-objective.ts'
import { opinionTexts } from './phone-opinion.ts'
import { outboxTexts } from './phone-outbox.ts'
import { reportTexts } from './phone-report.ts'
import { returnTexts } from './phone-return.ts'
import { roundTexts } from './phone-round.ts'
import { sectorTexts } from './phone-sector.ts'
import { segmentTexts } from './phone-segment.ts'
import { shellTexts } from './phone-shell.ts'

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
    ...flatten(fieldTypeTexts.written[locale]),
    ...flatten(contestTexts.written[locale]),
    ...flatten(opinionTexts.written[locale]),
    ...flatten(returnTexts.written[locale]),
    ...flatten(coachingTexts.written[locale]),
    ...flatten(handoverTexts.written[locale]),
    ...flatten(sectorTexts.written[locale]),
    ...flatten(objectiveTexts.written[locale]),
    ...flatten(roundTexts.written[locale]),
    ...flatten(accountTexts.written[locale]),
    ...flatten(segmentTexts.written[locale]),
    ...flatten(shellTexts.written[locale]),
    ...flatten(outboxTexts.written[locale]),
    ...flatten(mediaTexts.written[locale]),
    ...flatten(lockTexts.written[locale]),
    ...flatten(accessTexts.written[locale]),
    ...flatten(reportTexts.written[locale]),
    ...flatten(errorTexts.written[locale]),
    ...flatten(forMeTexts.written[locale]),
    ...flatten(insightTexts.written[locale]),
  ])
  for (const [key, text] of [...flatten(phoneFrench), ...flatten(phoneEnglish), ...beside])
    expect(() => compileMessage(text), `${key}: ${text}`).not.toThrow()
})

it('French is served with its typography: no straight apostrophe, no plain space before high punctuation', () => {
  for (const [key, text] of flatten(messagesOf('fr'))) {
    expect([key, text.match(/\p{L}'\p{L}| [?!;»]| :(?=\s)|\d %|« /u)?.[0] ?? null]).toEqual([key, null])
  }
})
