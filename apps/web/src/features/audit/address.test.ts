import { describe, expect, it } from 'vitest'
import { journalParams, readJournalView } from './address.ts'

const read = (address: string) => {
  const params = new URLSearchParams(address)
  return readJournalView((name) => params.get(name))
}
const id = '0191b151-9700-74b8-8abb-acf6cf36c9b5'

describe('the address of the journal', () => {
  it('says what is filtered and is written back alike', () => {
    const view = read(`who=${id}&kind=territory&about=${id}&from=2026-11-01&to=2026-11-20`)
    expect(view).toEqual({
      membershipId: id,
      kind: 'territory',
      subjectId: id,
      from: '2026-11-01',
      to: '2026-11-20',
    })
    expect(read(journalParams(view).toString())).toEqual(view)
  })
  it('leaves out what is not of its form, so that a mistyped one still opens', () => {
    const nothing = { membershipId: null, kind: null, subjectId: null, from: null, to: null }
    expect(read('who=me&kind=secrets&about=1&from=yesterday&to=2026-02-30')).toEqual(nothing)
    expect(journalParams(nothing).toString()).toBe('')
  })
})
