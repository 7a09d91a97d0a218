import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startCatcher } from './catcher.ts'
import { type Delivered, emailContract } from './email-contract.ts'
import { openSmtp } from './smtp.ts'

const folders: string[] = []
const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), 'fieldback-mail-'))
  folders.push(made)
  return made
}
const FROM = 'Fieldback <fieldback@example.test>'

emailContract('SMTP into the local catcher', async () => {
  const directory = await folder()
  const catcher = await startCatcher({ port: 0, directory })
  return {
    port: openSmtp({ url: `smtp://127.0.0.1:${catcher.port}`, from: FROM }),
    delivered: async () => {
      const names = (await readdir(directory)).filter((name) => name.endsWith('.eml')).sort()
      return Promise.all(
        names.map(async (name) => readMessage(await readFile(join(directory, name), 'utf8'))),
      )
    },
    stop: async () => {
      await catcher.close()
      await rm(directory, { recursive: true })
    },
  }
})

describe('the local catcher', () => {
  afterEach(async () => {
    for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true })
  })

  it('keeps messages whole, readable by their owner alone, and tells of each', async () => {
    const directory = await folder()
    const told: string[] = []
    const catcher = await startCatcher({ port: 0, directory, onCaught: (file) => told.push(file) })
    await openSmtp({ url: `smtp://127.0.0.1:${catcher.port}`, from: FROM }).send({
      to: 'a@example.test',
      subject: 'x',
      text: 'y',
    })
    await catcher.close()
    expect(told).toHaveLength(1)
    expect(await readdir(directory)).toEqual(told.map((file) => file.slice(directory.length + 1)))
    expect(await readFile(told[0] ?? '', 'utf8')).toContain('From: Fieldback <fieldback@example.test>')
  })

  it('says that its port is taken', async () => {
    const directory = await folder()
    const first = await startCatcher({ port: 0, directory })
    await expect(startCatcher({ port: first.port, directory })).rejects.toThrow('EADDRINUSE')
    await first.close()
  })

  it('says that its folder cannot be made', async () => {
    const file = join(await folder(), 'file')
    await writeFile(file, '')
    await expect(startCatcher({ port: 0, directory: join(file, 'mail') })).rejects.toThrow('ENOTDIR')
  })
})

it('a server that is not there is a failure, not a wait', async () => {
  const catcher = await startCatcher({ port: 0, directory: await folder() })
  await catcher.close()
  const email = { to: 'a@example.test', subject: 'x', text: 'y' }
  await expect(
    openSmtp({ url: `smtp://127.0.0.1:${catcher.port}`, from: FROM }).send(email),
  ).rejects.toThrow()
})

/** Enough of MIME for what our adapter writes. */
function readMessage(raw: string): Delivered {
  const { headers, body } = readPart(raw)
  const first = (part: Part, name: string) => part.headers.find(([known]) => known === name)?.[1] ?? ''
  const boundary = /boundary="?([^";]+)"?/.exec(first({ headers, body }, 'content-type'))?.[1]
  const inside = boundary ? body.split(`--${boundary}`).slice(1, -1) : []
  const parts = boundary ? inside.map((part) => readPart(part.trimStart())) : [{ headers, body }]
  const textOf = (type: string) => {
    const part = parts.find((candidate) => first(candidate, 'content-type').startsWith(type))
    return part ? decode(part.body, first(part, 'content-transfer-encoding')) : null
  }
  return {
    recipients: headers.flatMap(([name, value]) => (name === 'delivered-to' ? value : [])),
    subject: decodeWords(first({ headers, body }, 'subject')),
    text: textOf('text/plain') ?? '',
    html: textOf('text/html'),
    headers: headers.map(([name]) => name),
  }
}

type Part = { readonly headers: readonly (readonly [string, string])[]; readonly body: string }

function readPart(raw: string): Part {
  const text = raw.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const lines = text
    .slice(0, end)
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { headers, body: text.slice(end + 2) }
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const decodeWords = (text: string) =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, word) => decode(word.replaceAll('_', ' '), 'quoted-printable'))
    .replaceAll(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, word) => decode(word, 'base64'))
