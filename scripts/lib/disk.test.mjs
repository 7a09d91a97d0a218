import { describe, expect, it } from 'vitest'
import { diskShortage } from './disk.mjs'

const left = (megabytes) => () => ({ bavail: megabytes * 256, bsize: 4096 })

describe('a command that failed', () => {
  it('says that the disk is full when it is, and how much is left', () => {
    expect(diskShortage('/data', left(11))).toBe(
      'The disk that holds /data is full (11 MB left): free some space, then run the command again.',
    )
  })
  it('says nothing of a disk with room, nor of one that it cannot see', () => {
    expect(diskShortage('/data', left(64))).toBeNull()
    expect(diskShortage('/no/such/folder/at/all')).toBeNull()
  })
})
