import { expect, it } from 'vitest'
import { metresFrom } from './distance.ts'

const placed = (latitude: number, longitude: number) => ({ latitude, longitude })
const nowhere = { latitude: null, longitude: null }
const bayonne = placed(43.4929, -1.4748)
const biarritz = placed(43.4832, -1.5586)

it('tells how far each is, and of those nobody placed that it cannot', () => {
  const metres = metresFrom(bayonne, [biarritz, nowhere, bayonne])
  expect(metres?.map((one) => one && Math.round(one / 1_000))).toEqual([7, null, 0])
})

it('tells nothing at all when it can of none, so that no list keeps an empty column for it', () => {
  expect(metresFrom(bayonne, [nowhere, nowhere])).toBeNull()
  expect(metresFrom(nowhere, [bayonne, biarritz])).toBeNull()
  expect(metresFrom(bayonne, [])).toBeNull()
})
