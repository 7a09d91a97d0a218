import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { FranceMap, type RegionValue } from './france-map.tsx'
import { REGION_SHAPES } from './france-regions.ts'
import { quintiles, rampStep } from './map-scale.ts'

const breaks = quintiles([0, 5, 10, 15, 20])
const shown = (name: string, value: number): RegionValue => ({
  name,
  text: String(value),
  label: `${name}, ${value} %`,
  step: rampStep(value, breaks),
})
const corsica: RegionValue = { name: 'Corse', text: 'trop peu', label: 'Corse, cachée', step: 'hidden' }
const values = { '53': shown('Bretagne', 0), '75': shown('Nouvelle-Aquitaine', 20), '94': corsica }

const region = (html: string, code: string) => {
  const from = html.indexOf(`data-region="${code}"`)
  return html.slice(html.lastIndexOf('<', from), html.indexOf('</g>', from))
}

describe('FranceMap', () => {
  const html = renderToStaticMarkup(<FranceMap label="Carte" values={values} onSelect={() => {}} />)

  it('draws the 13 metropolitan regions by their INSEE code, as closed shapes', () => {
    const codes = ['11', '24', '27', '28', '32', '44', '52', '53', '75', '76', '84', '93', '94']
    expect(REGION_SHAPES.map((shape) => shape.code).toSorted()).toEqual(codes)
    for (const { path } of REGION_SHAPES) expect(path).toMatch(/^M[\d. L-]+Z$/)
  })

  it('hatches a hidden region, which a zero is not', () => {
    expect(region(html, '94')).toContain('data-step="hidden"')
    expect(region(html, '94')).toMatch(/fill="url\(#[^)]*hatch\)"/)
    expect(region(html, '53')).toContain('fill-ramp-1')
    expect(region(html, '53')).not.toContain('hatch')
  })

  it('leaves a region of which nothing is known blank and silent', () => {
    expect(html).not.toContain('data-region="44"')
    expect(html.match(/<g aria-hidden="true">/g)).toHaveLength(10)
  })

  it('makes each valued region a labelled button one can reach by keyboard', () => {
    expect(region(html, '75')).toMatch(/<g role="button" tabindex="0" aria-label="Nouvelle-Aquitaine, 20 %"/)
    expect(html.match(/role="button"/g)).toHaveLength(3)
  })

  it('shows a region without a drawing as a tile rather than losing it', () => {
    const overseas = renderToStaticMarkup(
      <FranceMap label="Carte" values={{ '04': shown('La Réunion', 12) }} onSelect={() => {}} />,
    )
    expect(overseas).toMatch(/<button[^>]*aria-label="La Réunion, 12 %"/)
  })
})

describe('neighbours', () => {
  it('share their border point for point: no gap on the map', () => {
    const points = (code: string) =>
      new Set(
        REGION_SHAPES.find((shape) => shape.code === code)
          ?.path.slice(1, -1)
          .split('L'),
      )
    const common = [...points('75')].filter((point) => points('76').has(point))
    expect(common).toHaveLength(12)
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
