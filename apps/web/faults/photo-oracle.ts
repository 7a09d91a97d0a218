import type { Operation } from '@fieldback/domain/sync/operation'
import type { Page, PhotoTaken, Play, Wrong } from './game.ts'
import { durable, photosOn } from './lying.ts'
import type { Truth } from './server.ts'

/** A photo that a report shows is on its phone until the server keeps all of it, which it does after its report alone. */
export function judgePhotos(game: Play, truth: Truth): Wrong[] {
  if (game.photos.length === 0) return []
  const lying = heldOf(game)
  const early = [...truth.photos].flatMap(([id, { reportId }]): Wrong[] =>
    truth.reports.has(reportId) ? [] : [{ wrong: 'lost', text: `photo ${id} came before its report` }],
  )
  const faults = game.photos.flatMap((photo): Wrong[] => {
    const operation = namingOf(game, photo)
    if (!operation) return []
    const held = lying(photo).get(photo.id)
    const there = truth.photos.get(photo.id)
    if (held && !held.isWhole) return [{ wrong: 'lost', text: `photo ${photo.id} changed on the phone` }]
    if (held && there && there.sha256 !== held.sha256)
      return [{ wrong: 'lost', text: `photo ${photo.id} is another on the server` }]
    if (there?.kept) {
      game.photosKept.add(photo.id)
      return []
    }
    // Brought back by a backup from before it came, it is sent again; not what the server had and was let go of since, by a
    // wrong clock or for want of room.
    const isLetGo =
      game.photosKept.has(photo.id) && (game.reached.has('clock_jump') || game.reached.has('quota'))
    if (game.reached.has('restored_backup') && (held || isLetGo)) return []
    if (!held) return [{ wrong: 'lost', text: `photo ${photo.id} is neither on the phone nor on the server` }]
    return held.keptAt === null
      ? []
      : [{ wrong: 'lost', text: `photo ${photo.id} is held for sent, and is not whole on the server` }]
  })
  return [...early, ...faults]
}

/** At the end, what an accepted report shows is there. */
export function judgePhotosSent(game: Play, truth: Truth): Wrong[] {
  const lying = heldOf(game)
  return game.photos.flatMap((photo): Wrong[] => {
    const { id, phone, person } = photo
    const report = truth.reports.get(namingOf(game, photo)?.entityId ?? '')
    const said = report?.values[game.server.ground.photoFieldId]?.x
    const isShown = Array.isArray(said) && said.includes(id)
    const item = durable(phone.device, memberOn(game, photo)).items.find(
      ({ operation }) => operation.entityId === report?.id && operation.kind === 'report.create',
    )
    const isOurs = item?.state === 'accepted' && report?.authorId === memberOn(game, { phone, person })
    if (!isShown || !isOurs || truth.photos.get(id)?.kept || !lying(photo).has(id)) return []
    return [{ wrong: 'diverged', text: `photo ${id} still waits` }]
  })
}

const namingOf = (game: Play, { id, phone, person }: PhotoTaken): Operation | undefined =>
  game.typed.find(
    (typed) =>
      typed.phone === phone && typed.person === person && JSON.stringify(typed.operation.body).includes(id),
  )?.operation

function heldOf(game: Play): (of: PhotoTaken) => ReturnType<typeof photosOn> {
  const known = new Map<string, ReturnType<typeof photosOn>>()
  return (of) => {
    const membershipId = memberOn(game, of)
    const key = `${of.phone.device.index} ${membershipId}`
    const held = known.get(key) ?? photosOn(of.phone.device, membershipId)
    known.set(key, held)
    return held
  }
}

const memberOn = (game: Play, { phone, person }: Pick<Page, 'phone' | 'person'>): string =>
  game.server.ground.reps[person]?.callers[phone.device.index].membershipId ?? ''
