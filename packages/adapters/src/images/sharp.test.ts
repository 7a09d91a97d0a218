import sharp from 'sharp'
import { imagesContract } from './images-contract.ts'
import { openImages } from './sharp.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#aa2200' } })
const bytes = async (made: ReturnType<typeof plain>) => new Uint8Array(await made.toBuffer())

/** The head of a PNG, whole and true, of 60,000 by 60,000 points. */
async function bomb(): Promise<Uint8Array> {
  const file = Buffer.from(await plain(1, 1).png().toBuffer())
  file.writeUInt32BE(60_000, 16)
  file.writeUInt32BE(60_000, 20)
  const { crc32 } = await import('node:zlib')
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29)
  return new Uint8Array(file)
}

const noise = sharp({
  create: {
    width: 4000,
    height: 1000,
    channels: 3,
    background: '#000000',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
})

imagesContract(
  'sharp',
  openImages,
  {
    jpeg: await bytes(
      plain(40, 20)
        .jpeg()
        .withExif({
          IFD0: { Make: 'Camera' },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '43/1 28/1 0/1' },
        }),
    ),
    turned: await bytes(plain(20, 40).jpeg().withMetadata({ orientation: 6 })),
    png: await bytes(plain(40, 20).png()),
    wide: await bytes(noise.jpeg()),
    bomb: await bomb(),
    svg: new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    gif: await bytes(plain(9, 9).gif()),
  },
  async (file) => {
    const { exif, icc, iptc, xmp } = await sharp(file).metadata()
    return [exif && 'exif', icc && 'icc', iptc && 'iptc', xmp && 'xmp'].flatMap((part) => part ?? [])
  },
)
