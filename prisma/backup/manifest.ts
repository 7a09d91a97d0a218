import { Refusal } from './refusal.ts'

/** Raised when a file of the new kind cannot be read by older code. */
export const FORMAT = 1
export const HEADER = 'fieldback-backup.json'
export const MANIFEST = 'manifest.json'

export type Header = {
  readonly product: 'fieldback'
  readonly format: number
  readonly version: string
  readonly takenAt: string
}

export type Entry = { readonly bytes: number; readonly sha256: string }

export type TableEntry = {
  readonly name: string
  /** In the order of the values of a line. */
  readonly columns: readonly string[]
  readonly rows: number
}

/** Something asked of the worker and not done yet: ids only. */
export type Job = { readonly task: string; readonly payload: unknown; readonly key: string | null }

/** What a backup holds, written last: a file without it was cut off. */
export type Manifest = Header & {
  /** Cluster and database it was taken from: tells a foreign backup. */
  readonly source: string
  readonly migrations: readonly { readonly name: string; readonly sha256: string }[]
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
  /** In an order in which each table comes after those it refers to. */
  readonly tables: readonly TableEntry[]
  /** Last number given by each sequence. */
  readonly sequences: Readonly<Record<string, string>>
  readonly jobs: readonly Job[]
  /** Every other file of the archive by name: parts of tables (`tables/…`) and kept files (`files/…`). */
  readonly entries: Readonly<Record<string, Entry>>
}

/** Reads the first file of an archive. Refuses what is not ours and what a newer product wrote. */
export function parseHeader(text: string, file: string): Header {
  const header = parseJson(text)
  if (header?.product !== 'fieldback' || typeof header.format !== 'number') throw notOurs(file)
  if (header.format > FORMAT) {
    throw new Refusal(
      `${file} was written by a newer Fieldback (${String(header.version)}); bring this one up to date first.`,
    )
  }
  return header as unknown as Header
}

/** Reads the last file of an archive, whose header was found good. */
export function parseManifest(text: string, file: string): Manifest {
  const manifest = parseJson(text)
  const whole =
    manifest !== null &&
    ['migrations', 'organisations', 'tables', 'jobs'].every((key) => Array.isArray(manifest[key])) &&
    ['entries', 'sequences'].every((key) => typeof manifest[key] === 'object' && manifest[key] !== null)
  if (!whole) throw new Refusal(`${file} is damaged: its list of contents cannot be read.`)
  return manifest as unknown as Manifest
}

export const notOurs = (file: string): Refusal => new Refusal(`${file} is not a Fieldback backup.`)

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
