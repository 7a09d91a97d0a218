import type { Page } from '@playwright/test'

/** What a camera gives: a picture of many points, that weighs several parts unless it is small. */
export async function pictureOf(page: Page, width = 2400) {
  const base64 = await page.evaluate(async (width) => {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = width * 0.75
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    for (let at = 0; at < 40_000; at++) {
      context.fillStyle = `hsl(${(at * 37) % 360} 60% ${30 + ((at * 13) % 50)}%)`
      context.fillRect((at * 131) % canvas.width, (at * 197) % canvas.height, 24, 18)
    }
    const [, data = ''] = canvas.toDataURL('image/jpeg', 0.95).split(',')
    return data
  }, width)
  return { name: 'devanture.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}
