import { crc32, deflateRawSync } from 'node:zlib'

export type Part = {
  readonly name: string
  readonly body: string | Uint8Array
  /** What the archive claims the part inflates to, when it lies. */
  readonly claims?: number
}

/** A zip archive, written by hand so that tests can make it lie. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, body, claims } of parts) {
    const bytes = Buffer.from(body)
    const packed = deflateRawSync(bytes)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.byteLength, 14)
    facts.writeUInt32LE(claims ?? bytes.byteLength, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    files.push(Buffer.from([0x50, 0x4b, 3, 4]), facts, Buffer.from(name), packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, place, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.byteLength
  }
  const size = Buffer.concat(directory).byteLength
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, ...directory, Buffer.from([0x50, 0x4b, 5, 6]), end])
}

export type BookParts = {
  /** The rows of each sheet, as XML. */
  readonly sheets: readonly string[]
  readonly hidden?: readonly number[]
  readonly strings?: string
  readonly styles?: string
  readonly from1904?: boolean
  readonly more?: readonly Part[]
}

/** An XLSX book around the rows given. */
export function bookOf({ sheets, hidden = [], strings, styles, from1904, more = [] }: BookParts): Buffer {
  const list = sheets.map(
    (_, i) =>
      `<sheet name="Feuille ${i + 1}" sheetId="${i + 1}"${hidden.includes(i) ? ' state="hidden"' : ''} r:id="r${i + 1}"/>`,
  )
  const links = sheets.map(
    (_, i) => `<Relationship Id="r${i + 1}" Type="x" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  const ns = 'xmlns="m" xmlns:r="r"'
  return zipOf([
    {
      name: 'xl/workbook.xml',
      body: `<?xml version="1.0"?><workbook ${ns}><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', body: `<Relationships>${links.join('')}</Relationships>` },
    ...sheets.map((rows, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      body: rows.startsWith('<?xml') ? rows : `<worksheet ${ns}><sheetData>${rows}</sheetData></worksheet>`,
    })),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', body: `<sst>${strings}</sst>` }]),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', body: `<styleSheet>${styles}</styleSheet>` }]),
    ...more,
  ])
}
