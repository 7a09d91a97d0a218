import type { ImagesPort } from '@fieldback/domain/ports/images'

const JPEG = [0xff, 0xd8, 0xff]

/** Takes what begins as a JPEG for a picture, and marks that it was made anew. For tests of procedures. */
export const plainImages: ImagesPort = {
  asPhoto: async (file) =>
    JPEG.every((byte, at) => file[at] === byte)
      ? { bytes: new Uint8Array([...JPEG, ...new TextEncoder().encode('anew')]), width: 4, height: 3 }
      : null,
}
