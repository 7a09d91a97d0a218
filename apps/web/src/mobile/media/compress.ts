import { PHOTO_SIDE } from '@fieldback/domain/media/media'

const QUALITY = 0.8

/**
 * A file as a JPEG of its picture alone, upright, no side longer than PHOTO_SIDE: what its head told of place and device does
 * not follow. null for what is no picture that this phone can open.
 */
export async function compress(file: Blob): Promise<ArrayBuffer | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return null
  try {
    const scale = Math.min(1, PHOTO_SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    const context = canvas.getContext('2d')
    if (!context) return null
    // What is transparent is no black hole.
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
    return (await blob?.arrayBuffer()) ?? null
  } finally {
    bitmap.close()
  }
}
