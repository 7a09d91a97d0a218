import { IMPORT_MAX } from '@fieldback/domain/import/import'

export type FileFault = 'empty' | 'large' | 'oldExcel' | 'otherSheet' | 'type'

/** What the system's list of files offers. */
export const ACCEPTED = '.csv,.tsv,.txt,.xlsx'

const READ: readonly string[] = ACCEPTED.split(',').map((ending) => ending.slice(1))
const OTHER_SHEETS: readonly string[] = ['ods', 'numbers', 'xlsb', 'xlsm', 'gsheet']

const MEGABYTE = 1024 * 1024
export const MEGABYTES_MAX = IMPORT_MAX.bytes / MEGABYTE

/** Why a file would not be read, known from its name and size before a byte is sent; null when it may be. */
export function judgeFile({
  name,
  size,
}: {
  readonly name: string
  readonly size: number
}): FileFault | null {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? ''
  if (ending === 'xls') return 'oldExcel'
  if (OTHER_SHEETS.includes(ending)) return 'otherSheet'
  if (!READ.includes(ending)) return 'type'
  if (size === 0) return 'empty'
  return size > IMPORT_MAX.bytes ? 'large' : null
}

/** A size as one says it: whole kilobytes, at least one; from a megabyte on, megabytes with a decimal. */
export const sayableSize = (
  bytes: number,
): { readonly unit: 'kilobytes' | 'megabytes'; readonly value: number } =>
  bytes < MEGABYTE
    ? { unit: 'kilobytes', value: Math.max(1, Math.round(bytes / 1024)) }
    : { unit: 'megabytes', value: Math.round((bytes / MEGABYTE) * 10) / 10 }
