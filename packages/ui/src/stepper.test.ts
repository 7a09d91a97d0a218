import { describe, expect, it } from 'vitest'
import { typedFigure } from './stepper.tsx'

describe('a typed figure', () => {
  it('is read with spaces and a comma, and kept within its bounds', () => {
    expect(typedFigure('1 234,5', {})).toBe(1234.5)
    expect(typedFigure('1\u202f998', { max: 2026 })).toBe(1998)
    expect(typedFigure('3000', { max: 2026 })).toBe(2026)
    expect(typedFigure('-4', { min: 0 })).toBe(0)
  })

  it('is an absence when emptied, and nothing when it is not a figure', () => {
    expect(typedFigure('  ', {})).toBeNull()
    expect(typedFigure('douze', {})).toBeUndefined()
    expect(typedFigure('1e9', {})).toBeUndefined()
  })
})
