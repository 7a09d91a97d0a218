import type { DivisionPort } from '@fieldback/domain/ports/division'
import { describe, expect, it } from 'vitest'

/** What the domain relies on, whichever country's division it is. */
export function divisionContract(name: string, open: () => DivisionPort): void {
  describe(`the division of ${name}`, () => {
    const reading = open().read()

    it('puts every place after the one it lies in, one rank above', async () => {
      const { country, places } = await reading
      const known = new Set([`0:${country.code}`])
      for (const { rank, code, parent } of places) {
        expect(known.has(`${rank - 1}:${parent}`), `${rank}:${code}`).toBe(true)
        known.add(`${rank}:${code}`)
      }
    })

    it('gives each place one code of its rank and a name', async () => {
      const { places } = await reading
      const codes = places.map(({ rank, code }) => `${rank}:${code}`)
      expect(new Set(codes).size).toBe(codes.length)
      expect(places.filter((place) => place.code.trim() === '' || place.name.trim() === '')).toEqual([])
    })

    it('names no two neighbours alike', async () => {
      const { places } = await reading
      const names = places.map(({ rank, parent, name }) => `${rank}:${parent}:${name.toLowerCase()}`)
      expect(new Set(names).size).toBe(names.length)
    })

    it('is the same at each reading', async () => {
      const port = open()
      expect(await port.read()).toEqual(await port.read())
    })
  })
}
