import { expect, it } from 'vitest'
import { divisionContract } from './division-contract.ts'
import { openFrance } from './france.ts'

divisionContract('France', openFrance)

it('France is 18 regions, 101 departments and 1,255 inter-municipal groupings', async () => {
  const { country, places } = await openFrance().read()
  expect(country).toEqual({ code: 'FR', name: 'France' })
  expect([1, 2, 3].map((rank) => places.filter((place) => place.rank === rank).length)).toEqual([
    18, 101, 1255,
  ])
})

it('Pays Basque lies in Pyrénées-Atlantiques, which lies in Nouvelle-Aquitaine', async () => {
  const { places } = await openFrance().read()
  const sector = places.find(({ name }) => name === 'Pays Basque')
  const department = places.find(({ rank, code }) => rank === 2 && code === sector?.parent)
  const region = places.find(({ rank, code }) => rank === 1 && code === department?.parent)
  expect([department?.name, region?.name]).toEqual(['Pyrénées-Atlantiques', 'Nouvelle-Aquitaine'])
})
