import type { EmailPort } from '@fieldback/domain/ports/email'
import { createTransport } from 'nodemailer'

export type SmtpOptions = {
  /** smtp://user:password@host:587, smtps://... for TLS from the first byte. */
  readonly url: string
  readonly from: string
}

const PATIENCE_MS = 10_000

/** E-mail through an SMTP server: one connection a message, given up after ten seconds of silence. */
export function openSmtp({ url, from }: SmtpOptions): EmailPort {
  const patience = {
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  }
  const transport = createTransport({ url, ...patience }, { from })
  return {
    send: async ({ to, subject, text, html }) => {
      // An address object is taken as it is: a comma or a newline in it cannot add a recipient or a header.
      await transport.sendMail({
        to: { name: '', address: to },
        subject,
        text,
        ...(html === undefined ? {} : { html }),
      })
    },
  }
}
