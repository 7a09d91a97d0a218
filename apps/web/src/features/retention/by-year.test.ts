import { expect, it } from 'vitest'
import { byYear } from './by-year.ts'

it('months are put together by years, with the first and the last that hold something', () => {
  const months = [
    { month: '2021-03', n: 2 },
    { month: '2021-11', n: 5 },
    { month: '2022-01', n: 1 },
  ]
  expect(byYear(months)).toEqual([
    { year: '2021', from: '2021-03', to: '2021-11', n: 7 },
    { year: '2022', from: '2022-01', to: '2022-01', n: 1 },
  ])
  expect(byYear([])).toEqual([])
})
