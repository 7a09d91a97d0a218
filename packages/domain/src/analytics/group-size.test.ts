import { describe, expect, it } from 'vitest'
import { visible } from './group-size.ts'

describe('group size', () => {
  it('five people and eight cases are shown', () => {
    expect(visible({ people: 5, n: 8 }, false)).toEqual({ visible: true })
  })
  it('four people hide the figure of another branch, however many cases, and say how many it takes', () => {
    expect(visible({ people: 4, n: 900 }, false)).toEqual({
      visible: false,
      reason: 'people',
      have: 4,
      need: 5,
    })
  })
  it("one's own branch is not counted in people", () => {
    expect(visible({ people: 1, n: 8 }, true)).toEqual({ visible: true })
  })
  it('seven cases are too few everywhere', () => {
    expect(visible({ people: 1, n: 7 }, true)).toEqual({ visible: false, reason: 'cases', have: 7, need: 8 })
    expect(visible({ people: 60, n: 7 }, false)).toEqual({
      visible: false,
      reason: 'cases',
      have: 7,
      need: 8,
    })
  })
})
