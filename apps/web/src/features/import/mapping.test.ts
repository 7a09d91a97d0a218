import { describe, expect, it } from 'vitest'
import { assign, columnLetters, targetAt, usedColumns } from './mapping.ts'

describe('a column becomes a target', () => {
  it('and takes it from the column that had it', () => {
    expect(assign({ name: 0, city: 1 }, 2, 'name')).toEqual({ name: 2, city: 1 })
  })

  it('instead of what it was before: a column is read once', () => {
    expect(assign({ name: 0, city: 1 }, 1, 'street')).toEqual({ name: 0, street: 1 })
  })

  it('or is left out', () => {
    expect(assign({ name: 0, city: 1 }, 1, null)).toEqual({ name: 0 })
    expect(targetAt({ name: 0 }, 1)).toBeNull()
  })
})

it('columns bear the letters of a spreadsheet', () => {
  expect([0, 25, 26, 51, 52, 199, 701, 702].map(columnLetters)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'GR',
    'ZZ',
    'AAA',
  ])
})

it('used columns come in the order of the file', () => {
  expect(usedColumns({ city: 4, name: 0, phone: 2 }).map(({ target }) => target)).toEqual([
    'name',
    'phone',
    'city',
  ])
})
