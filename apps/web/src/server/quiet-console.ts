import { FieldbackError } from '@fieldback/domain/errors'
import type { Log } from '@fieldback/domain/ports/runtime'

/**
 * What the framework prints of an error goes to the log as its name and where it was thrown: its message may quote what
 * a person typed, or a row of somebody's.
 */
export function quietConsole(log: Log): void {
  const tell =
    (write: Log['error']) =>
    (...printed: unknown[]) => {
      for (const error of printed) if (isNews(error)) write('runtime.error', describe(error))
    }
  Object.assign(console, { error: tell(log.error), warn: tell(log.warn) })
}

/** What has a digest is told by the instrumentation, with its route. */
const isNews = (error: unknown): boolean => error instanceof Error && !isAnswer(error) && !('digest' in error)

/** A refusal with its code is an answer, such as a session that ended: nothing is broken. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof FieldbackError || (error instanceof Error && error.cause instanceof FieldbackError)

/** Name, digest and the first frames of an error; no word of its message, which stands at the head of its stack. */
export function describe(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: 'unknown' }
  const { name, message, stack = '' } = error
  const from = stack.indexOf(message)
  const frames =
    from < 0
      ? []
      : stack
          .slice(from + message.length)
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
  const digest = 'digest' in error ? String(error.digest) : ''
  const at = frames.slice(0, 4).map((line) => line.trim())
  return { error: name, digest, at: at.join(' < ') }
}
