/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

type Theme = Record<string, string>
type Triple = readonly [number, number, number]

const block = (selector: string): Theme => {
  const from = css.indexOf(`${selector} {`)
  if (from < 0) throw new Error(`no ${selector} in tokens.css`)
  const body = css.slice(from, css.indexOf('\n}', from))
  return Object.fromEntries([...body.matchAll(/--fb-([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, k, v]) => [k, v]))
}

const light = block(':root')
const themes = { light, dark: { ...light, ...block('[data-theme="dark"]') } }

const linear = (theme: Theme, name: string): Triple => {
  const hex = theme[name]
  if (!hex) throw new Error(`no colour --fb-${name}`)
  const channel = (from: number) => {
    const c = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** WCAG 2.2 contrast ratio. */
const contrast = (theme: Theme, a: string, b: string) => {
  const luminance = (name: string) => {
    const [r, g, b] = linear(theme, name)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((p, q) => q - p)
  return (high + 0.05) / (low + 0.05)
}

type Pair = readonly [on: string, ground: string, least: number]

const pairs: Pair[] = [
  ...['canvas', 'surface', 'sunken', 'raised'].flatMap((ground) =>
    ['ink', 'ink-2', 'ink-3'].map((ink): Pair => [ink, ground, 4.5]),
  ),
  ...['canvas', 'surface', 'accent-soft'].map((ground): Pair => ['accent-ink', ground, 4.5]),
  ...['ink', 'ink-2', 'ink-3'].map((ink): Pair => [ink, 'accent-soft', 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-ink', 'ink', 4.5],
  ['danger', 'surface', 4.5],
  ['danger', 'danger-soft', 4.5],
  ['on-danger', 'danger', 4.5],
  ['control', 'surface', 3],
  ['focus', 'canvas', 3],
  ['accent', 'canvas', 3],
  ...[1, 2, 3, 4].flatMap((n): Pair[] => [
    [`level-${n}-on`, `level-${n}`, 4.5],
    [`level-${n}-ink`, `level-${n}-soft`, 4.5],
    [`level-${n}-ink`, 'surface', 4.5],
    [`level-${n}-ink`, 'canvas', 4.5],
    ['ink', `level-${n}-soft`, 4.5],
    ['ink-2', `level-${n}-soft`, 4.5],
    [`level-${n}-mark`, 'surface', 3],
    [`level-${n}-mark`, 'canvas', 3],
  ]),
  ...[1, 2, 3, 4, 5].map((n): Pair => [`ramp-${n}-on`, `ramp-${n}`, 4.5]),
  ['ink', 'nodata', 4.5],
]

// Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB.
const EYES: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const dot = (row: Triple, v: Triple) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]

const oklab = (rgb: Triple): Triple => {
  const v = rgb.map((c) => Math.min(1, Math.max(0, c))) as unknown as Triple
  const lms: Triple = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], v)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], v)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], v)),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ]
}

const seen = (theme: Theme, name: string, eye: readonly Triple[]) => {
  const colour = linear(theme, name)
  return oklab(eye.map((row) => dot(row, colour)) as unknown as Triple)
}

const closest = (colours: readonly Triple[]) => {
  const gaps = colours.flatMap((a, i) =>
    colours.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  )
  return Math.min(...gaps)
}

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  it('keeps 65 pairs of text, edges and marks above their contrast', () => {
    expect(pairs).toHaveLength(65)
    const short = pairs
      .map(([on, ground, least]) => ({
        pair: `${on} on ${ground}`,
        ratio: contrast(theme, on, ground),
        least,
      }))
      .filter(({ ratio, least }) => ratio < least)
    expect(short).toEqual([])
  })

  it.each(Object.keys(EYES))('keeps the four levels apart for %s eyes, as fills and as marks', (eye) => {
    for (const role of ['', '-mark']) {
      const colours = [1, 2, 3, 4].map((n) => seen(theme, `level-${n}${role}`, EYES[eye] ?? []))
      expect(closest(colours)).toBeGreaterThan(0.1)
    }
  })
})

it('ranges between 1 and 21', () => {
  const ends = { black: '#000000', white: '#ffffff' }
  expect(contrast(ends, 'black', 'white')).toBeCloseTo(21)
  expect(contrast(ends, 'white', 'white')).toBe(1)
})
