import type { ImagesPort } from '@fieldback/domain/ports/images'
import sharp from 'sharp'

/** What phones and cameras make; a file says what it is by its content, never by its name. */
const READ: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp'])
/** Points of the largest sensor of a phone; a file of a few bytes may claim thousands of times more. */
const POINTS_MAX = 60_000_000
const QUALITY = 80

// One picture takes all the memory of its points: one after the other, on one core, the server stays itself.
sharp.concurrency(1)
sharp.cache(false)

export function openImages(): ImagesPort {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
  return { asPhoto: (file, { side }) => inTurn(() => asPhoto(file, side)) }
}

async function asPhoto(file: Uint8Array, side: number) {
  const options = { limitInputPixels: POINTS_MAX, failOn: 'error', animated: false } as const
  try {
    // Its head alone: what is no picture, or too large a one, is not unfolded.
    const { format, width, height } = await sharp(file, options).metadata()
    if (!READ.has(format) || width * height > POINTS_MAX) return null
    const { data, info } = await sharp(file, options)
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true })
    return { bytes: new Uint8Array(data), width: info.width, height: info.height }
  } catch {
    return null
  }
}
