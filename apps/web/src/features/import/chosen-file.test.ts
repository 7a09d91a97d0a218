import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { describe, expect, it } from 'vitest'
import { judgeFile, sayableSize } from './chosen-file.ts'

describe('a chosen file', () => {
  it('is sent when it is a table of an agreeable size, whatever the case of its ending', () => {
    for (const name of ['clients.csv', 'CLIENTS.CSV', 'liste 2026.v2.xlsx', 'export.tsv', 'export.txt'])
      expect(judgeFile({ name, size: 10 }), name).toBeNull()
    expect(judgeFile({ name: 'a.csv', size: IMPORT_MAX.bytes })).toBeNull()
  })

  it('is refused before it is sent, with what to do by its kind', () => {
    expect(judgeFile({ name: 'clients.xls', size: 10 })).toBe('oldExcel')
    expect(judgeFile({ name: 'clients.ods', size: 10 })).toBe('otherSheet')
    expect(judgeFile({ name: 'clients.pdf', size: 10 })).toBe('type')
    expect(judgeFile({ name: 'clients', size: 10 })).toBe('type')
    expect(judgeFile({ name: 'clients.csv', size: 0 })).toBe('empty')
    expect(judgeFile({ name: 'clients.csv', size: IMPORT_MAX.bytes + 1 })).toBe('large')
  })

  it('has a size in kilobytes, never none, then in megabytes', () => {
    expect(sayableSize(3)).toEqual({ unit: 'kilobytes', value: 1 })
    expect(sayableSize(2048)).toEqual({ unit: 'kilobytes', value: 2 })
    expect(sayableSize(1024 * 1024)).toEqual({ unit: 'megabytes', value: 1 })
    expect(sayableSize(2.55 * 1024 * 1024)).toEqual({ unit: 'megabytes', value: 2.6 })
  })
})
