export type Photo = { readonly bytes: Uint8Array; readonly width: number; readonly height: number }

/** Makes of what somebody sent a photo of our own making: nothing of the file that came is kept. */
export type ImagesPort = {
  /**
   * A JPEG of the picture alone, upright, no side longer than `side`; null for what is no picture, for one that cannot be
   * read to its end, and for one that would unfold beyond all measure.
   */
  asPhoto(file: Uint8Array, options: { readonly side: number }): Promise<Photo | null>
}
