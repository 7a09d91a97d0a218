import type { Email, EmailPort } from '@fieldback/domain/ports/email'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

/** An implementation on trial, with a way to see what arrived at the other end. */
export type EmailOnTrial = {
  readonly port: EmailPort
  /** What was delivered since the start, decoded, oldest first. */
  delivered(): Promise<readonly Delivered[]>
  stop(): Promise<void>
}
export type Delivered = {
  readonly recipients: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** Names of all headers, lower-cased. */
  readonly headers: readonly string[]
}

const LETTER: Email = {
  to: 'maialen@example.test',
  subject: 'Votre lien : « Fieldback », à bientôt',
  text: 'Bonjour,\n\nÉlodie a écrit 5 000 caractères.\n\nhttps://fieldback.example.com/link?token=abc_DEF-123\n.\nfin',
}

/** What the domain relies on, whoever carries its mail. */
export function emailContract(name: string, start: () => Promise<EmailOnTrial>): void {
  describe(`e-mail by ${name}`, () => {
    let trial: EmailOnTrial
    let before = 0
    beforeAll(async () => {
      trial = await start()
    })
    beforeEach(async () => {
      before = (await trial.delivered()).length
    })
    afterAll(() => trial.stop())
    const arrived = async () => (await trial.delivered()).slice(before)

    it('delivers a message to its one recipient before it answers, accents and lone dots whole', async () => {
      await trial.port.send(LETTER)
      const [message, ...more] = await arrived()
      expect(more).toEqual([])
      expect(message?.recipients).toEqual([LETTER.to])
      expect(message?.subject).toBe(LETTER.subject)
      expect(message?.text.trimEnd()).toBe(LETTER.text)
      expect(message?.html).toBeNull()
    })

    it('carries the text beside the HTML', async () => {
      await trial.port.send({ ...LETTER, html: '<p>À bientôt</p>' })
      const [message] = await arrived()
      expect(message?.text.trimEnd()).toBe(LETTER.text)
      expect(message?.html?.trimEnd()).toBe('<p>À bientôt</p>')
    })

    it('cannot be made to write to others: a comma, a name or a line break in the address adds nobody', async () => {
      const addresses = [
        'a@example.test, b@example.test',
        'a@example.test\r\nBcc: b@example.test',
        'A <a@example.test>, b@example.test',
      ]
      for (const to of addresses) await trial.port.send({ ...LETTER, to }).catch(() => {})
      for (const message of await arrived()) expect(message.recipients).not.toContain('b@example.test')
    })

    it('cannot be given headers by a subject', async () => {
      await trial.port.send({ ...LETTER, subject: 'Bonjour\r\nX-Planted: yes' }).catch(() => {})
      for (const message of await arrived()) expect(message.headers).not.toContain('x-planted')
    })

    it('refuses an address that is none, and delivers nothing', async () => {
      await expect(trial.port.send({ ...LETTER, to: 'nobody' })).rejects.toThrow()
      await expect(trial.port.send({ ...LETTER, to: '' })).rejects.toThrow()
      expect(await arrived()).toEqual([])
    })

    it('sends many at once, each its own', async () => {
      const sent = Array.from({ length: 8 }, (_, index) => ({ ...LETTER, to: `p${index}@example.test` }))
      await Promise.all(sent.map((email) => trial.port.send(email)))
      const got = (await arrived()).flatMap(({ recipients }) => recipients)
      expect(got.sort()).toEqual(sent.map(({ to }) => to).sort())
    })
  })
}
