'use client'
import { photosOf as mostOf } from '@fieldback/domain/field/types/photo'
import { Button } from '@fieldback/ui/button'
import { TextLink } from '@fieldback/ui/text-link'
import Camera from 'lucide-react/icons/camera'
import { type ChangeEvent, useRef, useState } from 'react'
import type { AnswerInputProps } from '../field/answer-input-props.ts'
import PhotoStrip from './photo-strip.tsx'
import type { TakeFault } from './photos.ts'
import { preparing } from './preparing.ts'
import { useMediaTexts, usePhotos } from './use-photos.ts'

const NONE: readonly string[] = []

/** Photos taken now or chosen among those of the phone: each is on the phone before the answer names it. */
export default function PhotoInput({ field, value, onChange, labelledBy }: AnswerInputProps) {
  const text = useMediaTexts()
  const photos = usePhotos()
  const camera = useRef<HTMLInputElement>(null)
  const gallery = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState<TakeFault | 'tooMany' | null>(null)
  const [removed, setRemoved] = useState<string | null>(null)
  const ids: readonly string[] = Array.isArray(value) ? value : NONE
  const latest = useRef(ids)
  latest.current = ids
  const most = mostOf(field.spec)
  const busy = photos.state.preparing > 0
  const say = (next: readonly string[]) => {
    latest.current = next
    onChange(next.length === 0 ? undefined : next)
  }
  const add = async (files: readonly File[]) => {
    setRemoved(null)
    setTold(null)
    const page = location.pathname
    for (const file of files.slice(0, most - latest.current.length)) {
      const taken = await photos.take(file)
      // Whoever has left the form has said all that he had to say there.
      if (location.pathname !== page) return
      if ('fault' in taken) return setTold(taken.fault)
      say([...latest.current, taken.id])
    }
    if (latest.current.length === most && files.length > 1 && files.length > most - ids.length)
      setTold('tooMany')
  }
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    // The same file may be chosen again.
    event.target.value = ''
    preparing(add(files))
  }
  const full = ids.length >= most
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has two buttons, named by the question.
    <div role="group" aria-labelledby={labelledBy} className="grid gap-3">
      {ids.length > 0 && (
        <PhotoStrip
          ids={ids}
          onRemove={(id) => {
            setRemoved(id)
            say(latest.current.filter((one) => one !== id))
          }}
        />
      )}
      {!full && (
        <div className="flex flex-wrap items-center gap-2">
          <Button icon={<Camera size={18} />} aria-busy={busy} onClick={() => camera.current?.click()}>
            {text(ids.length > 0 ? 'another' : 'take')}
          </Button>
          <Button variant="ghost" onClick={() => gallery.current?.click()}>
            {text('choose')}
          </Button>
        </div>
      )}
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={text('take')}
        onChange={chosen}
      />
      <input
        ref={gallery}
        type="file"
        accept="image/*"
        multiple={most > 1}
        hidden
        aria-label={text('choose')}
        onChange={chosen}
      />
      <p role="status" className="flex flex-wrap items-center gap-x-3 text-ink-2 text-small empty:hidden">
        {said()}
        {removed !== null && !full && (
          <TextLink
            onClick={() => {
              setRemoved(null)
              say([...latest.current, removed].toSorted())
            }}
          >
            {text('putBack')}
          </TextLink>
        )}
      </p>
    </div>
  )

  function said(): string | null {
    if (busy) return text('preparing')
    if (told === 'tooMany') return text('tooMany', { most })
    if (told !== null) return text(told)
    if (removed !== null && !full) return text('removed')
    return full && most > 1 ? text('full', { most }) : null
  }
}
