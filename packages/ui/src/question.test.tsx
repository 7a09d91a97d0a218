import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Question } from './question.tsx'

const why = {
  asker: 'Demandé par Pays Basque',
  answers: [{ term: 'Ce que ça vous rend', text: 'Une lettre en basque' }],
}

const question = (open: boolean) =>
  renderToStaticMarkup(
    <Question id="q7" rank={3} title="Parle basque" markLabel="Pourquoi" why={why} defaultOpen={open}>
      <input aria-labelledby="q7-title" />
    </Question>,
  )

it('says that its reason is folded, and keeps it out of the page', () => {
  const html = question(false)
  expect(html).toContain('aria-expanded="false"')
  expect(html).not.toContain('Une lettre en basque')
})

it('says that its reason is open, and points at it', () => {
  const html = question(true)
  expect(html).toContain('aria-expanded="true"')
  const box = /aria-controls="([^"]+)"/.exec(html)?.[1]
  expect(html).toContain(`<div id="${box}"`)
  expect(html).toContain('Une lettre en basque')
})

it('names its answers by its title', () => {
  const html = question(false)
  expect(html).toMatch(/role="group" aria-labelledby="q7-title"/)
  expect(html).toMatch(/<h3 id="q7-title"[^>]*>Parle basque<\/h3>/)
})
