import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Progress, percentDone } from './progress.tsx'

describe('percentDone', () => {
  it('is whole, and full only when all is done', () => {
    expect(percentDone(0, 300)).toBe(0)
    expect(percentDone(299, 300)).toBe(99)
    expect(percentDone(300, 300)).toBe(100)
  })

  it('stays within the bar when more was done than announced', () => {
    expect(percentDone(310, 300)).toBe(100)
  })

  it('is nothing while nobody knows how much there is', () => {
    expect(percentDone(12, null)).toBeNull()
    expect(percentDone(12, 0)).toBeNull()
  })
})

describe('Progress', () => {
  it('says how far to who cannot see it, and claims no figure while the whole is unknown', () => {
    const known = renderToStaticMarkup(<Progress label="Lecture" done={30} total={60} />)
    expect(known).toContain('aria-label="Lecture"')
    expect(known).toContain('aria-valuenow="50"')
    const unknown = renderToStaticMarkup(<Progress label="Lecture" done={30} total={null} />)
    expect(unknown).not.toContain('aria-valuenow')
  })
})
