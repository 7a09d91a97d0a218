/** One message to one person; `text` is always there, `html` optional. */
export type Email = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** Sends a message or throws; the caller decides what a failure means. */
export type EmailPort = { send(email: Email): Promise<void> }
