'use client'
import {
  IMPORT_FAILURES,
  IMPORT_MAX,
  type ImportDetail,
  type ImportFailure,
  type ImportKind,
  type ImportSummary,
  type LineFault,
  type LineMatch,
} from '@fieldback/domain/import/import'
import { surenessOf } from '@fieldback/domain/import/likely-accounts'
import type { Messages } from '@fieldback/i18n/french'
import { useTranslations } from 'next-intl'
import { toldError } from '../../client/error-code.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { MEGABYTES_MAX, sayableSize } from './chosen-file.ts'

type Target = keyof Messages['import']['target']

const BOUNDS = {
  megabytes: MEGABYTES_MAX,
  inflatedMegabytes: IMPORT_MAX.inflatedBytes / 1024 / 1024,
  lines: IMPORT_MAX.lines,
  columns: IMPORT_MAX.columns,
  cell: IMPORT_MAX.cell,
}

/** A cell quoted in a sentence is cut there. */
const QUOTED = 60

/** What codes of an import mean, in the reader's language. */
export function useWords() {
  const text = useTranslations('import')
  const formats = useFormats()
  const sentence = useErrorSentence()

  /** Why a whole file was given up, with the bound that it passes: the file's own where it has one. */
  const failure = ({ code, params }: ImportFailure): string => {
    const bounds = { ...BOUNDS, ...params }
    return text(
      `failed.${code}`,
      Object.fromEntries(
        Object.entries(bounds).map(([name, bound]) => [
          name,
          typeof bound === 'number' ? formats.number(bound) : bound,
        ]),
      ),
    )
  }

  /** The same for what sending a file was told. */
  const notSent = (error: unknown): string => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
    const known = IMPORT_FAILURES.find((one) => one === code && one !== 'UNAVAILABLE')
    if (known) return failure({ code: known, params: {} })
    return toldError(error).code === 'TOO_LARGE'
      ? failure({ code: 'FILE_TOO_LARGE', params: {} })
      : sentence(error)
  }

  const size = (bytes: number): string => {
    const { unit, value } = sayableSize(bytes)
    return text(`new.${unit}`, { size: formats.number(value, 1) })
  }

  /** Where an import stands; one that ended on the way says how. */
  const state = ({
    state: key,
    failure: why,
    counts,
  }: Pick<ImportSummary, 'state' | 'failure' | 'counts'>) => {
    if (why?.code === 'STOPPED' || why?.code === 'FORGOTTEN') return text(`ended.${why.code}`)
    const nothing = key === 'tried' && counts.create + counts.update === 0
    return text(nothing ? 'ended.NOTHING' : `state.${key}`)
  }

  const target = (key: string, fields: ImportDetail['fields']): string => {
    const field = fields.find((one) => one.target === key)
    return field ? field.label : text(`target.${key as Target}`)
  }

  /** What a file cannot do without; a contact's account may be named in two ways. */
  const needed = (kind: ImportKind, key: string): string =>
    kind === 'contacts' && key === 'account' ? text('columns.missingAccount') : target(key, []).toLowerCase()

  const fault = ({ code, target: key, params }: LineFault, fields: ImportDetail['fields']): string => {
    const value = String(params.value ?? '')
    const reason = text(`reason.${code}`, {
      ...params,
      value: value.length > QUOTED ? `${value.slice(0, QUOTED)}…` : value,
      max: formats.number(Number(params.max ?? 0)),
      line: formats.number(Number(params.line ?? 0)),
      names: String(params.names ?? ''),
    })
    if (key === null) return reason.charAt(0).toUpperCase() + reason.slice(1)
    return text('lines.fault', { target: target(key, fields), reason })
  }

  const match = ({ name, place, line }: LineMatch): string => {
    if (line === undefined) return place === null ? name : text('lines.match', { name, place })
    const at = { name, line: formats.number(line) }
    return place === null ? text('lines.matchLineAlone', at) : text('lines.matchLine', { ...at, place })
  }

  const why = ({ score, reasons }: LineMatch): string =>
    text('lines.matchScore', {
      sure: surenessOf(score),
      percent: formats.percent(score),
      reasons: formats.list(reasons.map((reason) => text(`duplicate.${reason as 'email'}`))),
    })

  return { text, formats, sentence, failure, notSent, size, state, target, needed, fault, match, why }
}

export type Words = ReturnType<typeof useWords>
