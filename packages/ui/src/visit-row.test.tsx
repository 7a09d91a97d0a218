import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { VisitRow } from './visit-row.tsx'

const row = (when?: string) =>
  renderToStaticMarkup(<VisitRow href="/x" when={when} name="Boulangerie Etcheto" place="Espelette" />)

it('keeps a first column for when or how far, also for the one row that cannot say it', () => {
  expect(row('12 km')).toContain('grid-cols-[44px_')
  expect(row('')).toContain('grid-cols-[44px_')
})

it('has no first column when no row of its list has anything to say there', () => {
  expect(row()).not.toContain('44px')
  expect(row()).toContain('Boulangerie Etcheto')
})
