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
