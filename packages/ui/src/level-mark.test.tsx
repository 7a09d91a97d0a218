import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { RANKS } from './level.ts'
import { LevelMark } from './level-mark.tsx'

const filled = (html: string) => html.match(/data-filled="true"/g)?.length ?? 0

it.each(RANKS)('says rank %i by the number of filled bands, whatever the colour', (rank) => {
  const html = renderToStaticMarkup(<LevelMark rank={rank} label="niveau" />)
  expect(filled(html)).toBe(rank + 1)
  expect(html.match(/<path/g)).toHaveLength(4)
})

it('names its level to who cannot see it', () => {
  const html = renderToStaticMarkup(<LevelMark rank={2} label="niveau local" />)
  expect(html).toContain('role="img"')
  expect(html).toContain('aria-label="niveau local"')
})

it('is silent beside the written name of its level', () => {
  const html = renderToStaticMarkup(<LevelMark rank={2} />)
  expect(html).toContain('aria-hidden="true"')
  expect(html).not.toContain('role=')
})
