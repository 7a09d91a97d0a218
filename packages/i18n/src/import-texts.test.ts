import {
  DUPLICATE_CHOICES,
  IMPORT_FAILURES,
  IMPORT_KINDS,
  IMPORT_STATES,
  IMPORT_TARGETS,
  KEPT_REASONS,
  LINE_FAULTS,
  LINE_OUTCOMES,
} from '@fieldback/domain/import/import'
import { expect, it } from 'vitest'
import { LOCALES } from './locale.ts'
import { messagesOf } from './messages.ts'

const TARGETS = [
  ...new Set(Object.values(IMPORT_TARGETS).flatMap((targets) => targets.map(({ key }) => key))),
]

it.each(LOCALES)('every code of an import has its words in %s, and no word is without its code', (locale) => {
  const texts = messagesOf(locale).import
  const said = (part: object) => Object.keys(part).sort()
  expect(said(texts.reason)).toEqual([...LINE_FAULTS].sort())
  expect(said(texts.kept)).toEqual([...KEPT_REASONS].sort())
  expect(said(texts.failed)).toEqual([...IMPORT_FAILURES].sort())
  expect(said(texts.state)).toEqual([...IMPORT_STATES].sort())
  expect(said(texts.outcome)).toEqual([...LINE_OUTCOMES].sort())
  expect(said(texts.became)).toEqual([...LINE_OUTCOMES].sort())
  expect(said(texts.kind)).toEqual([...IMPORT_KINDS].sort())
  expect(said(texts.brings)).toEqual([...IMPORT_KINDS].sort())
  expect(said(texts.options.duplicate)).toEqual([...DUPLICATE_CHOICES].sort())
  expect(said(texts.target)).toEqual(TARGETS.toSorted())
  expect(said(texts.header)).toEqual(TARGETS.toSorted())
})

it.each(LOCALES)('the columns of a template have different titles in %s', (locale) => {
  const titles: Readonly<Record<string, string>> = messagesOf(locale).import.header
  for (const kind of IMPORT_KINDS) {
    const row = IMPORT_TARGETS[kind].map(({ key }) => titles[key])
    expect(new Set(row).size, kind).toBe(row.length)
  }
})
