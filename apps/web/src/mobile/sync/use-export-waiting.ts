'use client'
import { photosOf } from '../media/photos.ts'
import { type NamedPhoto, waitingPhotos } from '../media/waiting-photos.ts'
import { todayHere, usePhone } from '../phone.tsx'
import { type ExportedPart, exportFile } from './export-file.ts'
import { type Work, workOf } from './outbox-work.ts'
import { saveFile } from './save-file.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'
import { useSaid } from './use-said.ts'
import { useWorkText } from './work-text.ts'

/** Gives everything the server has not accepted, whole, in a file that can be kept or given to an administrator. */
export function useExportWaiting(): () => Promise<void> {
  const { store, locale, formats } = usePhone()
  const text = useOutboxTexts()
  const said = useSaid()
  const say = useWorkText()
  const partOf = (work: Work, photos: ExportedPart['photos']): ExportedPart => {
    const { title, text: what } = say(work)
    const state = text(work.state === 'aside' ? 'aside.title' : 'waiting.title')
    const saved = formats.instant(work.main.savedAt)
    return {
      title,
      about: [what, state, saved].filter(Boolean).join(' · '),
      lines: work.items.flatMap(({ operation }) => said.lines(operation)),
      photos,
    }
  }
  return async () => {
    const { identity, outbox, drafts, rows } = store.getState()
    const photos = photosOf(store)
    const { waiting, refused } = waitingPhotos(outbox, await photos.list())
    const named = [...waiting, ...refused]
    const pictures = await Promise.all(
      named.map(async ({ photo: { id }, name }: NamedPhoto) => {
        const bytes = await photos.read(id)
        return { id, name, jpeg: bytes ? await dataAddress(bytes) : null }
      }),
    )
    const picturesOf = (ids: ReadonlySet<string>) => pictures.filter(({ name }) => ids.has(name.reportId))
    const unsent = workOf(outbox, rows).filter(({ state }) => state !== 'accepted')
    const entitiesOf = ({ items }: Work) => new Set(items.map(({ operation }) => operation.entityId))
    const shown = new Set(unsent.flatMap((work) => [...entitiesOf(work)]))
    const now = new Date()
    const draftParts = [...drafts.values()].map(
      ({ accountId, outcome, note, answers }): ExportedPart => ({
        title: rows.accounts.get(accountId)?.name ?? text('work.unknownAccount'),
        about: text('export.draft'),
        lines: [
          said.line('outcome', outcome),
          ...Object.entries(answers).map(([id, x]) => said.line(`values.${id}`, { v: 0, x })),
          said.line('note', note),
        ].flatMap((line) => line ?? []),
        photos: [],
      }),
    )
    // Photos whose report has left already.
    const alone = pictures.filter(({ name }) => !shown.has(name.reportId))
    const page = exportFile({
      locale,
      title: text('export.title', { name: identity.displayName }),
      about: text('export.about', { at: formats.instant(now) }),
      parts: [
        ...unsent.map((work) => partOf(work, picturesOf(entitiesOf(work)))),
        ...draftParts,
        ...(alone.length > 0 ? [{ title: text('export.photos'), about: '', lines: [], photos: alone }] : []),
      ],
      data: {
        exportedAt: now.toISOString(),
        orgId: identity.orgId,
        membershipId: identity.membershipId,
        name: identity.displayName,
        operations: outbox.filter(({ state }) => state !== 'accepted'),
        drafts: [...drafts.values()],
        photos: named.map(({ photo: { id }, name: { reportId, fieldId } }) => ({ id, reportId, fieldId })),
      },
    })
    saveFile(`fieldback-${todayHere(now)}.html`, page, 'text/html')
  }
}

/** A picture as an address that holds it whole: what opens it needs nothing else. */
const dataAddress = (bytes: ArrayBuffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(new Blob([bytes], { type: 'image/jpeg' }))
  })
