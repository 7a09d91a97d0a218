import type { ImagesPort } from '@fieldback/domain/ports/images'
import { describe, expect, it } from 'vitest'

/** Pictures that a test has made, as their makers would send them. */
export type Pictures = {
  /** 40 by 20, red, with a position and a camera's name in its head. */
  readonly jpeg: Uint8Array
  /** 20 by 40 points, said to be held on its side. */
  readonly turned: Uint8Array
  readonly png: Uint8Array
  /** 4000 by 1000. */
  readonly wide: Uint8Array
  /** A few bytes that claim 60,000 by 60,000 points. */
  readonly bomb: Uint8Array
  readonly svg: Uint8Array
  readonly gif: Uint8Array
}

/** What the domain relies on, whoever reads the pictures. */
export function imagesContract(
  name: string,
  open: () => ImagesPort,
  pictures: Pictures,
  /** What the head of a picture tells beside its points. */
  told: (bytes: Uint8Array) => Promise<readonly string[]>,
): void {
  describe(`pictures read by ${name}`, () => {
    const images = open()
    const made = (file: Uint8Array) => images.asPhoto(file, { side: 1600 })

    it('come back as a JPEG without what its head told of place and device', async () => {
      expect(await told(pictures.jpeg)).not.toEqual([])
      const photo = await made(pictures.jpeg)
      expect(photo).toMatchObject({ width: 40, height: 20 })
      expect([...(photo?.bytes.slice(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff])
      expect(await told(photo?.bytes ?? new Uint8Array())).toEqual([])
    })
    it('stand upright', async () => {
      expect(await made(pictures.turned)).toMatchObject({ width: 40, height: 20 })
    })
    it('may be of another kind', async () => {
      expect([...((await made(pictures.png))?.bytes.slice(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff])
    })
    it('are made smaller, never larger', async () => {
      expect(await made(pictures.wide)).toMatchObject({ width: 1600, height: 400 })
    })
    it('that are none, are cut short, or would unfold beyond all measure, are refused', async () => {
      const text = new TextEncoder().encode('<script>alert(1)</script>')
      for (const file of [
        text,
        new Uint8Array(),
        pictures.svg,
        pictures.gif,
        pictures.bomb,
        pictures.wide.slice(0, pictures.wide.byteLength / 2),
      ])
        expect(await made(file)).toBeNull()
    })
    it('are read one after the other, and one that fails does not hold up the next', async () => {
      const all = await Promise.all([pictures.bomb, pictures.jpeg, pictures.svg, pictures.png].map(made))
      expect(all.map((photo) => photo !== null)).toEqual([false, true, false, true])
    })
  })
}
