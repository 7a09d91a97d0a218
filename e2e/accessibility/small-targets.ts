import { expect, type Page } from '@playwright/test'

const CONTROLS = 'a[href], button:not(:disabled), select, summary, textarea, input:not([type="hidden"])'

/**
 * What a finger could miss: controls whose 44 px around the middle do not all belong to them. The middle and its four
 * sides are asked of the page itself, so that an invisible hit area counts and one covered by a neighbour does not.
 */
const smallTargets = (page: Page, among = CONTROLS): Promise<string[]> =>
  page.evaluate((controls) => {
    /** Half of 44, less one: the page rounds a point to whole pixels. */
    const REACH = 21
    const missed: string[] = []
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      // A box or a round button is pressed by its label.
      const target = (control instanceof HTMLInputElement && control.closest('label')) || control
      if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue
      // In the middle of the screen no bar covers it.
      target.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, top, width, height } = target.getBoundingClientRect()
      if (width === 0 || height === 0) continue
      const [x, y] = [left + width / 2, top + height / 2]
      const sides = {
        middle: [x, y],
        left: [x - REACH, y],
        right: [x + REACH, y],
        top: [x, y - REACH],
        bottom: [x, y + REACH],
      }
      const lost = Object.entries(sides).flatMap(([side, [px = 0, py = 0]]) => {
        const at = document.elementFromPoint(px, py)
        return at !== null && target.contains(at) ? [] : [`${side} belongs to ${at?.outerHTML.slice(0, 60)}`]
      })
      const name = target.getAttribute('aria-label') ?? target.textContent?.trim() ?? ''
      if (lost.length > 0)
        missed.push(`${name} (${Math.round(width)} x ${Math.round(height)}): ${lost.join(', ')}`)
    }
    return missed
  }, among)

/** Nothing is wider than the screen, and no control among those asked about is small, once what moves has come to rest. */
export async function expectFits(
  page: Page,
  where: string,
  { among, except }: { readonly among?: string; readonly except?: RegExp } = {},
): Promise<void> {
  const small = async () => (await smallTargets(page, among)).filter((control) => !except?.test(control))
  await expect
    .poll(
      () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      `${where}: wider than the screen`,
    )
    .toBeLessThanOrEqual(0)
  await expect.poll(small, `${where}: under 44 px`).toEqual([])
}
