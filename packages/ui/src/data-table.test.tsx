import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Column, DataTable, nextDirection } from './data-table.tsx'

type Place = { name: string; visits: number; note: string }
const rows: Place[] = [
  { name: 'Landes', visits: 196, note: 'a' },
  { name: 'Gironde', visits: 702, note: 'b' },
]
const columns: Column<Place>[] = [
  { key: 'name', head: 'Département', cell: (row) => row.name, sortable: true },
  { key: 'visits', head: 'Visites', cell: (row) => row.visits, figure: true, sortable: true },
  { key: 'note', head: 'Note', cell: (row) => row.note },
]

const heads = (html: string) =>
  [...html.matchAll(/<th scope="col"([^>]*)>/g)].map(
    ([, attributes]) => /aria-sort="(\w+)"/.exec(attributes ?? '')?.[1],
  )

describe('DataTable', () => {
  it('says which column it is sorted by, which could be, and nothing of the others', () => {
    const html = renderToStaticMarkup(
      <DataTable
        caption="Départements"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        sort={{ key: 'visits', direction: 'descending' }}
        onSort={() => {}}
      />,
    )
    expect(heads(html)).toEqual(['none', 'descending', undefined])
    expect(html.match(/<button/g)).toHaveLength(2)
  })

  it('names each row by its first cell and the table by its caption', () => {
    const html = renderToStaticMarkup(
      <DataTable caption="Départements" columns={columns} rows={rows} rowKey={(row) => row.name} />,
    )
    expect(html).toMatch(/<th scope="row"[^>]*>Landes<\/th>/)
    expect(html).toMatch(/<caption[^>]*>Départements<\/caption>/)
  })

  it('shows what to do next instead of a head over nothing', () => {
    const html = renderToStaticMarkup(
      <DataTable
        caption="x"
        columns={columns}
        rows={[]}
        rowKey={(row) => row.name}
        empty={<p>Ajoutez-en un</p>}
      />,
    )
    expect(html).toBe('<p>Ajoutez-en un</p>')
  })
})

describe('the next order of a column', () => {
  it('begins with the largest figure, and with A for names', () => {
    expect(nextDirection({ key: 'visits', figure: true }, undefined)).toBe('descending')
    expect(nextDirection({ key: 'name' }, { key: 'visits', direction: 'descending' })).toBe('ascending')
  })

  it('turns round on a second tap', () => {
    expect(nextDirection({ key: 'name' }, { key: 'name', direction: 'ascending' })).toBe('descending')
    expect(nextDirection({ key: 'name' }, { key: 'name', direction: 'descending' })).toBe('ascending')
  })
})
