import { FieldbackError } from '@fieldback/domain/errors'
import { expect, it } from 'vitest'
import { openBucket } from './bucket.fixture.ts'
import { openS3Storage, readS3Address } from './s3.ts'
import { signRequest } from './sign-request.ts'
import { storageContract } from './storage-contract.ts'

const SIGNER = { region: 'fr-par', accessKeyId: 'KEY', secretAccessKey: 'se/cret' }
const now = () => new Date('2026-11-29T10:00:00.123Z')

storageContract('a service that speaks S3', async () => {
  const bucket = await openBucket(SIGNER)
  return {
    port: openS3Storage({ ...SIGNER, endpoint: bucket.endpoint, bucket: 'files', now }),
    held: async () => bucket.files.size,
    stop: bucket.stop,
  }
})

async function* sent(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

it('a request is signed as the service documents it', () => {
  // "Get Bucket Lifecycle" and "List Objects" of the examples in sig-v4-header-based-auth.
  const signed = (query: string) =>
    signRequest(
      {
        region: 'us-east-1',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
      {
        method: 'GET',
        url: new URL(`https://examplebucket.s3.amazonaws.com/?${query}`),
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        at: new Date('2013-05-24T00:00:00Z'),
      },
    )
  expect(signed('lifecycle')).toEqual({
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  })
  expect(signed('max-keys=2&prefix=J').authorization).toContain(
    'Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  )
})

it('a service without room says STORAGE_FULL; one that refuses us, and one that is away, are outages', async () => {
  const bucket = await openBucket(SIGNER)
  const open = (over: object) =>
    openS3Storage({ ...SIGNER, endpoint: bucket.endpoint, bucket: 'files', now, ...over })
  bucket.fill()
  await expect(open({}).put('a/1', sent('x'), { maxBytes: 9 })).rejects.toEqual(
    new FieldbackError('STORAGE_FULL'),
  )
  const stranger = open({ secretAccessKey: 'other' })
  await expect(stranger.get('a/1')).rejects.toThrow('the file service answered 403')
  await expect(stranger.exists('a/1')).rejects.toThrow('the file service answered 403')
  await bucket.stop()
  await expect(open({}).get('a/1')).rejects.toThrow()
})

it('an address names the service, the bucket, the region and the keys', () => {
  expect(readS3Address('https://KEY:se%2Fcret@s3.fr-par.scw.cloud/files?region=fr-par')).toEqual({
    ...SIGNER,
    endpoint: 'https://s3.fr-par.scw.cloud',
    bucket: 'files',
  })
})
