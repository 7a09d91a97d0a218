import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ChipGroup, nextChoice } from './chip-group.tsx'

describe('a tap on a chip', () => {
  const one = { multiple: false, asLast: false }

  it('chooses, changes, and takes back', () => {
    expect(nextChoice([], 'a', one)).toEqual(['a'])
    expect(nextChoice(['a'], 'b', one)).toEqual(['b'])
    expect(nextChoice(['a'], 'a', one)).toEqual([])
  })

  it('confirms an answer proposed from last time instead of clearing it', () => {
    expect(nextChoice(['a'], 'a', { multiple: false, asLast: true })).toEqual(['a'])
    expect(nextChoice(['a'], 'b', { multiple: false, asLast: true })).toEqual(['b'])
  })

  it('adds and removes where several answers are allowed', () => {
    expect(nextChoice(['a'], 'b', { multiple: true, asLast: false })).toEqual(['a', 'b'])
    expect(nextChoice(['a', 'b'], 'a', { multiple: true, asLast: false })).toEqual(['b'])
  })
})

it('an answer as last time counts as answered, and says why it is there', () => {
  const html = renderToStaticMarkup(
    <ChipGroup
      label="Concurrent"
      value={['p']}
      asLast
      asLastLabel="comme la dernière fois"
      options={[
        { value: 'p', label: 'Panimat' },
        { value: 's', label: 'Sofour' },
      ]}
    />,
  )
  expect(html.match(/aria-pressed="true"/g)).toHaveLength(1)
  expect(html).toMatch(/Panimat.*comme la dernière fois/)
  expect(html).not.toMatch(/Sofour.*comme la dernière fois/)
})
