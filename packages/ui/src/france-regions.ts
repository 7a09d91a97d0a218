import type { Drawing } from './map-box.ts'

/**
 * The 13 metropolitan regions, our own drawing (no licence to carry): corner points as "longitude,latitude", one entry a
 * border, so that neighbours share theirs exactly. Keyed by INSEE region code.
 */
const EDGES = {
  hdfCoast: '2.54,51.09 1.85,50.96 1.58,50.87 1.58,50.45 1.6,50.2 1.37,50.07',
  norCoast:
    '1.37,50.07 1.08,49.93 0.2,49.7 0.1,49.48 -0.25,49.29 -0.9,49.36 -1.15,49.37 -1.27,49.69 -1.94,49.71 -1.8,49.35 -1.6,48.85 -1.5,48.63',
  breCoast:
    '-1.5,48.63 -2.03,48.67 -2.35,48.68 -2.73,48.53 -3.05,48.85 -3.55,48.83 -3.98,48.72 -4.65,48.58 -4.77,48.34 -4.3,48.3 -4.7,48.04 -4.37,47.8 -3.9,47.87 -3.4,47.7 -3.1,47.52 -2.8,47.53 -2.46,47.45',
  pdlCoast: '-2.46,47.45 -2.53,47.29 -2.1,47.25 -2.2,47.1 -2.1,46.85 -1.8,46.49 -1.4,46.34 -1.12,46.31',
  naqCoast:
    '-1.12,46.31 -1.2,46.13 -1.07,45.9 -1.2,45.65 -1.25,45.1 -1.25,44.6 -1.3,44.15 -1.44,43.65 -1.57,43.48 -1.79,43.36 -1.4,43.06 -0.85,42.95 -0.5,42.84',
  occSouth:
    '-0.5,42.84 -0.1,42.7 0.66,42.72 0.75,42.85 1.4,42.62 1.75,42.49 2,42.36 2.5,42.35 3.17,42.43 3.04,42.75 3.05,43.05 3.45,43.27 3.95,43.53 4.23,43.46',
  pacCoast:
    '4.23,43.46 4.6,43.37 5,43.38 5.3,43.25 5.9,43.08 6.4,43.1 6.68,43.28 7,43.52 7.53,43.78 7.65,44.12 7,44.25 6.88,44.55 7.05,44.7 6.75,45.1',
  araEast:
    '6.75,45.1 7.12,45.25 7.1,45.47 6.82,45.7 7.03,45.92 6.8,46.15 6.8,46.4 6.3,46.38 6.2,46.18 6.06,46.42',
  bfcEast: '6.06,46.42 6.45,46.78 6.75,47.08 7.02,47.33 7.05,47.49',
  gesEast:
    '7.05,47.49 7.55,47.57 7.58,48.1 7.8,48.55 8.23,48.97 7.4,49.17 6.75,49.18 6.4,49.46 5.8,49.54 5.4,49.6 4.95,49.8 4.85,50.14 4.23,49.96',
  hdfEast: '4.23,49.96 4.15,50.26 3.7,50.32 3.25,50.65 2.85,50.73 2.54,51.09',
  hdfNor: '1.37,50.07 1.7,49.75 1.72,49.45 1.7,49.23',
  hdfIdf: '1.7,49.23 2.2,49.18 2.6,49.1 3.07,49.09 3.42,48.86',
  hdfGes: '3.42,48.86 3.65,49.2 3.98,49.4 4.05,49.7 4.23,49.96',
  idfNor: '1.7,49.23 1.45,49.05 1.48,48.75',
  idfCvl: '1.48,48.75 1.8,48.45 1.98,48.29 2.4,48.3 2.94,48.16',
  idfBfc: '2.94,48.16 3.4,48.38',
  idfGes: '3.4,48.38 3.5,48.62 3.42,48.86',
  norCvl: '1.48,48.75 1.05,48.7 0.8,48.4 0.85,48.2',
  norPdl: '0.85,48.2 0.38,48.32 -0.2,48.45 -0.75,48.42 -1.07,48.5',
  norBre: '-1.07,48.5 -1.35,48.5 -1.5,48.63',
  brePdl: '-1.07,48.5 -1.05,48.05 -1.25,47.8 -1.7,47.72 -2.1,47.65 -2.46,47.45',
  pdlCvl: '0.85,48.2 0.85,47.95 0.58,47.7 0.22,47.55 0.05,47.17',
  pdlNaq: '0.05,47.17 -0.2,47.08 -0.6,47.08 -0.85,46.95 -0.62,46.7 -0.65,46.42 -1.12,46.31',
  naqCvl: '0.05,47.17 0.3,46.93 0.72,46.97 0.95,46.62 1.2,46.38 1.7,46.4 2.28,46.42',
  cvlAra: '2.28,46.42 2.6,46.66 3.03,46.79',
  cvlBfc: '3.03,46.79 3.07,47.1 2.87,47.5 2.9,47.8 2.94,48.16',
  araBfc:
    '3.03,46.79 3.6,46.74 3.95,46.45 4,46.18 4.4,46.22 4.78,46.2 4.95,46.5 5.35,46.46 5.5,46.27 6.06,46.42',
  bfcGes:
    '3.4,48.38 3.62,48.15 4.2,47.95 4.68,48.02 4.98,47.7 5.38,47.62 5.85,47.94 6.4,47.93 6.8,47.82 7.05,47.49',
  naqAra: '2.28,46.42 2.55,46.1 2.42,45.75 2.5,45.4 2.2,44.95',
  naqOcc:
    '2.2,44.95 1.85,44.93 1.42,44.98 1.1,44.55 0.85,44.2 0.72,43.98 0.15,44 -0.1,43.8 -0.22,43.55 -0.02,43.3 -0.3,43.05 -0.5,42.84',
  occAra: '2.2,44.95 2.55,44.87 2.9,44.66 3.12,44.88 3.5,44.83 3.88,44.86 3.98,44.55 4.3,44.38 4.65,44.3',
  occPac: '4.65,44.3 4.75,44.05 4.66,43.75 4.4,43.66 4.23,43.46',
  araPac: '4.65,44.3 5,44.32 5.45,44.15 5.68,44.25 5.5,44.5 5.85,44.7 6.3,44.85 6.3,45.08 6.75,45.1',
  corse:
    '9.4,43 9.47,42.6 9.55,42.2 9.4,41.85 9.22,41.38 8.85,41.5 8.65,41.8 8.58,42.2 8.7,42.55 9.1,42.7 9.32,42.75 9.34,42.98',
} as const

type Edge = keyof typeof EDGES
type Step = Edge | `-${Edge}`

// Each region walks its borders in turn; a minus walks one backwards.
const RINGS: Record<string, readonly Step[]> = {
  '11': ['idfNor', 'idfCvl', 'idfBfc', 'idfGes', '-hdfIdf'],
  '24': ['norCvl', 'pdlCvl', 'naqCvl', 'cvlAra', 'cvlBfc', '-idfCvl'],
  '27': ['bfcEast', '-bfcGes', '-idfBfc', '-cvlBfc', 'araBfc'],
  '28': ['norCoast', '-norBre', '-norPdl', '-norCvl', '-idfNor', '-hdfNor'],
  '32': ['hdfCoast', 'hdfNor', 'hdfIdf', 'hdfGes', 'hdfEast'],
  '44': ['gesEast', '-hdfGes', '-idfGes', 'bfcGes'],
  '52': ['pdlCoast', '-pdlNaq', '-pdlCvl', 'norPdl', 'brePdl'],
  '53': ['breCoast', '-brePdl', 'norBre'],
  '75': ['naqCoast', '-naqOcc', '-naqAra', '-naqCvl', 'pdlNaq'],
  '76': ['occSouth', '-occPac', '-occAra', 'naqOcc'],
  '84': ['araEast', '-araBfc', '-cvlAra', 'naqAra', 'occAra', 'araPac'],
  '93': ['pacCoast', '-araPac', 'occPac'],
  '94': ['corse'],
}

// Where the value is written; Corsica is too narrow and has it at its left.
const VALUE_AT: Record<string, readonly [longitude: number, latitude: number]> = {
  '11': [2.5, 48.7],
  '24': [1.65, 47.4],
  '27': [4.6, 47.2],
  '28': [0.15, 49.05],
  '32': [2.75, 49.95],
  '44': [5.6, 48.7],
  '52': [-0.85, 47.55],
  '53': [-2.9, 48.17],
  '75': [0.25, 45.2],
  '76': [2, 43.6],
  '84': [4.45, 45.5],
  '93': [6, 43.85],
  '94': [8.4, 42.15],
}

const CORSICA = '94'

/** Plate carrée shrunk to the latitude of France: true enough at this size, and straight to compute. */
const project = (longitude: number, latitude: number) => ({
  x: (longitude + 5) * 35.36,
  y: (51.25 - latitude) * 50.51,
})

const pointsOf = (step: Step) => {
  const name = (step.startsWith('-') ? step.slice(1) : step) as Edge
  const points = EDGES[name].split(' ').map((pair) => {
    const [longitude = 0, latitude = 0] = pair.split(',').map(Number)
    const { x, y } = project(longitude, latitude)
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return step.startsWith('-') ? points.reverse() : points
}

export const REGIONS: Drawing = {
  box: { x: -2, y: -2, width: 520, height: 506 },
  shapes: Object.entries(RINGS).map(([code, steps]) => ({
    code,
    path: `M${steps.flatMap(pointsOf).join('L')}Z`,
    valueAt: project(...(VALUE_AT[code] ?? [0, 0])),
    ...(code === CORSICA && { beside: true }),
  })),
}

/** Departments of each region of metropolitan France, by INSEE codes. */
const DEPARTMENTS_OF: Readonly<Record<string, string>> = {
  11: '75 77 78 91 92 93 94 95',
  24: '18 28 36 37 41 45',
  27: '21 25 39 58 70 71 89 90',
  28: '14 27 50 61 76',
  32: '02 59 60 62 80',
  44: '08 10 51 52 54 55 57 67 68 88',
  52: '44 49 53 72 85',
  53: '22 29 35 56',
  75: '16 17 19 23 24 33 40 47 64 79 86 87',
  76: '09 11 12 30 31 32 34 46 48 65 66 81 82',
  84: '01 03 07 15 26 38 42 43 63 69 73 74',
  93: '04 05 06 13 83 84',
  94: '2A 2B',
}

/** The region that a department lies in, by INSEE codes. */
export const REGION_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(DEPARTMENTS_OF).flatMap(([region, codes]) =>
    codes.split(' ').map((code) => [code, region] as const),
  ),
)
