import { SaxesParser } from 'saxes'
import { ImportFailed } from './import-failed.ts'

export type XmlHandler = {
  /** Names come without their prefix. */
  opened?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  closed?(name: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Reads XML as it comes, a step of `chunks` at a time. A document type is refused: it is where entities are declared that
 * multiply or reach outside, and no spreadsheet has one. FILE_NOT_TABLE for what is no XML.
 */
export async function* readXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false })
  let wrong = false
  parser.on('doctype', () => {
    wrong = true
  })
  parser.on('error', () => {
    wrong = true
  })
  parser.on('opentag', ({ name, attributes }) =>
    handler.opened?.(localName(name), attributes as Record<string, string>),
  )
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  parser.on('closetag', ({ name }) => handler.closed?.(localName(name)))
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (wrong) throw new ImportFailed('FILE_NOT_TABLE')
    yield
  }
  parser.close()
  if (wrong) throw new ImportFailed('FILE_NOT_TABLE')
}

/** Reads a part to its end. */
export async function readWholeXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(chunks, handler));
}
