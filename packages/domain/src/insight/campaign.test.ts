import { describe, expect, it } from 'vitest'
import { campaignShare } from './campaign.ts'

/** The short form: 200 organisations of each kind, a year of monthly runs each, always the same. */
const ORGANISATIONS = 200
const MINUTES = 5 * 60_000

describe('a year of 200 organisations', () => {
  it('of pure noise: at most 5 % are ever shown anything', { timeout: MINUTES }, () => {
    expect(campaignShare('noise', ORGANISATIONS)).toBeLessThanOrEqual(0.05)
  })
  it('of one planted effect: at least 90 % have it named first', { timeout: MINUTES }, () => {
    expect(campaignShare('planted', ORGANISATIONS)).toBeGreaterThanOrEqual(0.9)
  })
  it('of one effect that four regions ask of each in its own words: at least 90 % have it named first', {
    timeout: MINUTES,
  }, () => {
    expect(campaignShare('shared', ORGANISATIONS)).toBeGreaterThanOrEqual(0.9)
  })
  it('of a territory confounder alone: at most 5 % are ever shown it', { timeout: MINUTES }, () => {
    expect(campaignShare('confounded', ORGANISATIONS)).toBeLessThanOrEqual(0.05)
  })
  it('of visits that resemble each other by account: at most 5 % are ever shown anything', {
    timeout: MINUTES,
  }, () => {
    expect(campaignShare('alike', ORGANISATIONS)).toBeLessThanOrEqual(0.05)
  })
})
