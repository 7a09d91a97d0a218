import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SMTPServer } from 'smtp-server'

export type CatcherOptions = {
  readonly port: number
  /** Where messages are written, one .eml file each, oldest first by name. */
  readonly directory: string
  /** Told of each file once it is whole. */
  readonly onCaught?: (file: string) => void
}

export type Catcher = { readonly port: number; close(): Promise<void> }

const MESSAGE_BYTES_MAX = 25 * 1024 * 1024

/**
 * A mail server of this machine alone that delivers into a folder: the embedded default, so that the way of a mail is
 * always SMTP. Port 0 takes a free one. Rejects when the port is taken or the folder cannot be written.
 */
export async function startCatcher({ port, directory, onCaught }: CatcherOptions): Promise<Catcher> {
  await mkdir(directory, { recursive: true })
  const server = new SMTPServer({
    // Loopback only: no name to prove, nothing to encrypt.
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MESSAGE_BYTES_MAX,
    onData: (stream, { envelope }, done) => {
      const recipients = envelope.rcptTo.map(({ address }) => address)
      keep(stream, recipients, directory).then(
        (file) => {
          onCaught?.(file)
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  const taken = await listen(server, port)
  // A connection that breaks must not end the process that catches.
  server.on('error', () => {})
  return { port: taken, close: () => new Promise((done) => server.close(done)) }
}

/**
 * As a mailbox would: each real recipient in a Delivered-To above the message. Under another name until it is whole:
 * whoever watches the folder never reads half a message.
 */
async function keep(
  stream: NodeJS.ReadableStream,
  recipients: readonly string[],
  directory: string,
): Promise<string> {
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`
  const file = join(directory, name)
  const out = createWriteStream(`${file}.part`, { mode: 0o600 })
  for (const address of recipients) out.write(`Delivered-To: ${address}\r\n`)
  await pipeline(stream, out)
  await rename(`${file}.part`, file)
  return file
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
