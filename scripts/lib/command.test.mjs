import { describe, expect, test } from 'vitest'
import { Refusal } from '../../prisma/backup/refusal.ts'
import { asFailure, callerPath, readOptions } from './command.mjs'
import { Failure } from './failure.mjs'

describe('options of a command', () => {
  const known = { values: ['from'], flags: ['replace'], usage: 'Usage: …' }

  test('are values and flags, written with a space or an equals sign', () => {
    expect(readOptions(['--from', 'a.tar.gz', '--replace'], known)).toEqual({
      from: 'a.tar.gz',
      replace: true,
    })
    expect(readOptions(['--from=a=b.tar.gz'], known)).toEqual({ from: 'a=b.tar.gz' })
    expect(readOptions([], known)).toEqual({})
  })

  test.each([[['a.tar.gz']], [['--from']], [['--from', '--replace']], [['--form', 'a']]])(
    '%j is answered with the usage',
    (args) => expect(() => readOptions(args, known)).toThrow(new Failure('Usage: …')),
  )
})

test('a path is meant from where npm was called, which runs its scripts elsewhere', () => {
  expect(callerPath('a.tar.gz', { INIT_CWD: '/home/claire' })).toBe('/home/claire/a.tar.gz')
  expect(callerPath('/b.tar.gz', { INIT_CWD: '/home/claire' })).toBe('/b.tar.gz')
})

test('a refusal is shown as a sentence, a defect keeps its stack', () => {
  expect(asFailure(new Refusal('The disk is full.'), Refusal)).toEqual(new Failure('The disk is full.'))
  const defect = new TypeError('x')
  expect(asFailure(defect, Refusal)).toBe(defect)
})
