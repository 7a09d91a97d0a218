import { expect, it } from 'vitest'
import { ChangedMap } from './changed-map.ts'

const [one, two, three] = [{ n: 1 }, { n: 2 }, { n: 3 }]

it('is read as a copy that was changed is, and leaves the map below as it was', () => {
  const below = new Map([
    ['a', one],
    ['b', two],
  ])
  const changed = new ChangedMap(below)
  changed.set('a', three)
  changed.set('c', one)
  expect([changed.get('a'), changed.get('b'), changed.get('x')]).toEqual([three, two, undefined])
  expect([changed.has('b'), changed.has('c'), changed.has('x')]).toEqual([true, true, false])
  expect([...changed]).toEqual([
    ['a', three],
    ['b', two],
    ['c', one],
  ])
  expect([changed.size, [...changed.keys()], [...changed.values()]]).toEqual([
    3,
    ['a', 'b', 'c'],
    [three, two, one],
  ])
  expect([...below]).toEqual([
    ['a', one],
    ['b', two],
  ])
})

it('shows what is changed after it was gone through', () => {
  const changed = new ChangedMap(new Map([['a', one]]))
  expect([...changed.values()]).toEqual([one])
  changed.set('a', two)
  changed.set('b', three)
  expect([[...changed.values()], changed.get('a')]).toEqual([[two, three], two])
})
