import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { DEPARTMENTS } from './france-departments.ts'
import { FranceMap, type MapValue } from './france-map.tsx'
import { REGION_OF, REGIONS } from './france-regions.ts'
import { boxOf, grouped, isRoomy, viewOf } from './map-box.ts'
import { quintiles, rampStep } from './map-scale.ts'

const breaks = quintiles([0, 5, 10, 15, 20])
const shown = (name: string, value: number): MapValue => ({
  name,
  text: String(value),
  label: `${name}, ${value} %`,
  step: rampStep(value, breaks),
})
const corsica: MapValue = { name: 'Corse', text: 'trop peu', label: 'Corse, cachée', step: 'hidden' }
const values = { '53': shown('Bretagne', 0), '75': shown('Nouvelle-Aquitaine', 20), '94': corsica }

const region = (html: string, code: string) => {
  const from = html.indexOf(`data-place="${code}"`)
  return html.slice(html.lastIndexOf('<', from), html.indexOf('</g>', from))
}

describe('FranceMap', () => {
  const html = renderToStaticMarkup(
    <FranceMap label="Carte" drawing={REGIONS} values={values} onSelect={() => {}} />,
  )

  it('draws the 13 metropolitan regions by their INSEE code, as closed shapes', () => {
    const codes = ['11', '24', '27', '28', '32', '44', '52', '53', '75', '76', '84', '93', '94']
    expect(REGIONS.shapes.map((shape) => shape.code).toSorted()).toEqual(codes)
    for (const { path } of REGIONS.shapes) expect(path).toMatch(/^M[\d. L-]+Z$/)
  })

  it('hatches a hidden region, which a zero is not', () => {
    expect(region(html, '94')).toContain('data-step="hidden"')
    expect(region(html, '94')).toMatch(/fill="url\(#[^)]*hatch\)"/)
    expect(region(html, '53')).toContain('fill-ramp-1')
    expect(region(html, '53')).not.toContain('hatch')
  })

  it('leaves a region of which nothing is known blank and silent', () => {
    expect(html).not.toContain('data-place="44"')
    expect(html.match(/<g aria-hidden="true">/g)).toHaveLength(10)
  })

  it('makes each valued region a labelled button one can reach by keyboard', () => {
    expect(region(html, '75')).toMatch(
      /<g role="button" tabindex="-?[01]" aria-label="Nouvelle-Aquitaine, 20 %"/,
    )
    expect(html.match(/role="button"/g)).toHaveLength(3)
    // One stop of the Tab key: arrows lead on.
    expect(html.match(/tabindex="0"/g)).toHaveLength(1)
  })

  it('shows a region without a drawing as a tile rather than losing it', () => {
    const overseas = renderToStaticMarkup(
      <FranceMap
        label="Carte"
        drawing={REGIONS}
        values={{ '04': shown('La Réunion', 12) }}
        onSelect={() => {}}
      />,
    )
    expect(overseas).toMatch(/<button[^>]*aria-label="La Réunion, 12 %"/)
  })
})

describe('neighbours', () => {
  it('share their border point for point: no gap on the map', () => {
    const points = (code: string) =>
      new Set(
        REGIONS.shapes
          .find((shape) => shape.code === code)
          ?.path.slice(1, -1)
          .split('L'),
      )
    const common = [...points('75')].filter((point) => points('76').has(point))
    expect(common).toHaveLength(12)
  })
})

describe('regions drawn of departments', () => {
  const part = (code: string) => DEPARTMENTS.shapes.find((shape) => shape.code === code)
  it('every department lies in one region', () => {
    expect([...REGION_OF.keys()].toSorted()).toEqual(DEPARTMENTS.shapes.map(({ code }) => code).toSorted())
    expect(new Set(REGION_OF.values())).toEqual(new Set(REGIONS.shapes.map(({ code }) => code)))
  })
  it('are their outlines together, written on in the middle one; nothing where none is drawn', () => {
    const { shapes, box } = grouped(DEPARTMENTS, [
      { key: 'north', codes: ['22', '35', '50'] },
      { key: 'overseas', codes: ['974'] },
    ])
    expect(box).toEqual(DEPARTMENTS.box)
    expect(shapes.map(({ code, valueAt }) => [code, valueAt])).toEqual([['north', part('35')?.valueAt]])
  })
  it('have no border inside: of two neighbours, one ring is left', () => {
    const rings = (...codes: string[]) =>
      grouped(DEPARTMENTS, [{ key: 'one', codes }]).shapes[0]?.path.match(/M/g)?.length
    expect([rings('32'), rings('82'), rings('32', '82')]).toEqual([1, 1, 1])
    for (const { code: region } of REGIONS.shapes) {
      const codes = [...REGION_OF.keys()].filter((code) => REGION_OF.get(code) === region)
      const [shape] = grouped(DEPARTMENTS, [{ key: region, codes }]).shapes
      const whole = codes.map((code) => boxOf(part(code)?.path ?? ''))
      expect(boxOf(shape?.path ?? '').x, region).toBe(Math.min(...whole.map(({ x }) => x)))
    }
  })
})

describe('departments', () => {
  it('are the 96 of the mainland and Corsica, each with a point inside its own outline', () => {
    expect(DEPARTMENTS.shapes).toHaveLength(96)
    expect(new Set(DEPARTMENTS.shapes.map(({ code }) => code)).size).toBe(96)
    for (const { code, path, valueAt } of DEPARTMENTS.shapes) {
      expect(code).toMatch(/^(\d\d|2[AB])$/)
      const box = boxOf(path)
      expect(valueAt.x > box.x && valueAt.x < box.x + box.width, code).toBe(true)
      expect(valueAt.y > box.y && valueAt.y < box.y + box.height, code).toBe(true)
    }
  })
  it('are shown from near when they are few, and whole when they are many', () => {
    const some = DEPARTMENTS.shapes.filter(({ code }) => ['64', '40', '33'].includes(code))
    const view = viewOf(DEPARTMENTS, some)
    expect(view.width).toBeLessThan(DEPARTMENTS.box.width / 2)
    for (const { path } of some) {
      const box = boxOf(path)
      expect(box.x >= view.x && box.x + box.width <= view.x + view.width).toBe(true)
      expect(box.y >= view.y && box.y + box.height <= view.y + view.height).toBe(true)
    }
    expect(viewOf(DEPARTMENTS, DEPARTMENTS.shapes)).toEqual(DEPARTMENTS.box)
  })
  it('bear their figure where there is room for it: Paris does once one is near', () => {
    const paris = DEPARTMENTS.shapes.filter(({ code }) => ['75', '92', '93', '94'].includes(code))
    const [city] = paris
    if (!city) throw new Error('Paris is not drawn')
    expect(isRoomy(city, DEPARTMENTS.box)).toBe(false)
    expect(isRoomy(city, viewOf(DEPARTMENTS, paris))).toBe(true)
  })
})

describe('the classes of a map', () => {
  it('put a value on a break in the upper class, and zero in the lightest', () => {
    expect([13, 14, 18, 19, 23, 24, 27, 28, 90].map((value) => rampStep(value, [14, 19, 24, 28]))).toEqual([
      1, 2, 2, 3, 3, 4, 4, 5, 5,
    ])
    expect(rampStep(0, breaks)).toBe(1)
  })

  it('hold a fifth of the places each, and never part places that tie', () => {
    const spread = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    expect(spread.map((value) => rampStep(value, quintiles(spread)))).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    expect(new Set([7, 7, 7].map((value) => rampStep(value, quintiles([7, 7, 7])))).size).toBe(1)
  })
})
