import { behindEntries } from '@fieldback/domain/analytics/behind-address'
import type { Behind } from '@fieldback/domain/analytics/question'
import { describe, expect, it } from 'vitest'
import { isNarrowed, readReportView, reportParams } from './address.ts'

const view = (address: string) => readReportView((name) => new URLSearchParams(address).get(name))
const id = '01a21d88-e300-7ede-ad83-45aa9c5894ee'

describe('what the list of reports is narrowed by', () => {
  it('is read from its address and written there again, for the file', () => {
    const address = `by=${id}&account=${id}&q=Garage&from=2026-01-01&to=2026-02-01&kind=call&outcome=order,quote&lacking=1&basis=then&below=${id}&counted=1&answers=${id}:a,unknown;${id}:5`
    expect(decodeURIComponent(reportParams(id, view(address)).toString())).toBe(`at=${id}&${address}`)
    expect(isNarrowed(view(address))).toBe(true)
  })
  it('leaves out what is not of its form', () => {
    const nonsense = view('by=me&account=1&from=2026-02-30&to=soon&kind=letter&outcome=won&lacking=yes&q=%20')
    expect(nonsense).toEqual(view(''))
    expect(isNarrowed(nonsense)).toBe(false)
    expect(view(`q=${'x'.repeat(500)}`).account).toHaveLength(100)
  })
})

describe('the reports behind a figure', () => {
  it('are those the figure tells of, whatever it is narrowed by', () => {
    const fieldId = '0191b151-9700-7a94-bc94-3d895bc1d604'
    const behind: Behind = {
      territoryId: fieldId,
      below: fieldId,
      basis: 'then',
      from: '2026-09-01',
      to: '2026-11-30',
      kind: 'visit',
      outcomes: ['order', 'none'],
      counted: true,
      answers: [{ fieldId, buckets: ['frimat', 'sofour'] }],
    }
    const query = new Map(behindEntries(behind))
    expect(query.get('at')).toBe(fieldId)
    const { territoryId: _, ...narrowed } = behind
    expect(readReportView((name) => query.get(name) ?? null)).toMatchObject(narrowed)
  })
})
