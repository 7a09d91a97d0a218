import { diskShortage } from './disk.mjs'

/** Something the person who typed the command can act on: one sentence, shown without a stack. */
export class Failure extends Error {
  /** @param {string} sentence what happened and what to do
   *  @param {string[]} [details] lines shown under it, such as the end of a log */
  constructor(sentence, details = []) {
    super(sentence)
    this.details = details
  }
}

/** Writes a failure for the terminal; anything else is a defect of ours and keeps its stack. */
export function describeFailure(error) {
  if (!(error instanceof Failure))
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [error.message, ...error.details.map((line) => `  ${line}`)].join('\n')
}

/** The same for a command that works in a data folder: a full disk, which breaks things in many words, is told first. */
export function describeFailureIn(dataDir, error) {
  return [diskShortage(dataDir), describeFailure(error)].filter(Boolean).join('\n\n')
}
