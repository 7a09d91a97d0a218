import { join } from 'node:path'
import type { StoragePort } from '@fieldback/domain/ports/storage'
import { openDiskStorage } from './disk.ts'
import { openS3Storage, readS3Address } from './s3.ts'

type Where = {
  /** Of a bucket (readS3Address); undefined: on disk. */
  readonly filesUrl: string | undefined
  readonly dataFolder: string
  readonly now: () => Date
}

/** Where this installation keeps files: the same for the web server and the worker. */
export const openStorage = ({ filesUrl, dataFolder, now }: Where): StoragePort =>
  filesUrl === undefined
    ? openDiskStorage(join(dataFolder, 'files'))
    : openS3Storage({ ...readS3Address(filesUrl), now })
