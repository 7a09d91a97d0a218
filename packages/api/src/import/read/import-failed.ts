import { IMPORT_MAX, type ImportFailure } from '@fieldback/domain/import/import'

const MEGABYTE = 1024 * 1024

/** A whole file is given up, with its code and the bounds that the sentence names. */
export class ImportFailed extends Error {
  readonly failure: ImportFailure

  constructor(code: ImportFailure['code']) {
    super(code)
    this.name = 'ImportFailed'
    this.failure = { code, params: BOUNDS }
  }
}

const BOUNDS = {
  megabytes: IMPORT_MAX.bytes / MEGABYTE,
  inflatedMegabytes: IMPORT_MAX.inflatedBytes / MEGABYTE,
  lines: IMPORT_MAX.lines,
  columns: IMPORT_MAX.columns,
  cell: IMPORT_MAX.cell,
}
