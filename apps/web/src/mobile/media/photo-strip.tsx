'use client'
import { takenAt } from '@fieldback/domain/field/types/photo'
import { IconButton } from '@fieldback/ui/icon-button'
import { Photo } from '@fieldback/ui/photo'
import ImageOff from 'lucide-react/icons/image-off'
import X from 'lucide-react/icons/x'
import { useRef, useState } from 'react'
import { todayHere, usePhone } from '../phone.tsx'
import { useMediaTexts, usePhotoAddress } from './use-photos.ts'

type StripProps = {
  /** In the order they were taken. */
  readonly ids: readonly string[]
  /** Only seen: where a tap already leads elsewhere. */
  readonly still?: boolean
  readonly onRemove?: (id: string) => void
}

/** Photos side by side; a tap shows one as large as the screen. */
export default function PhotoStrip({ ids, still = false, onRemove }: StripProps) {
  return (
    <span className="mt-2 flex flex-wrap gap-3">
      {ids.map((id, at) => (
        <span key={id} className={still ? 'block size-16 flex-none' : 'relative block size-24 flex-none'}>
          <Tile id={id} at={at + 1} still={still} />
          {onRemove && <Remove at={at + 1} onRemove={() => onRemove(id)} />}
        </span>
      ))}
    </span>
  )
}

type TileProps = { readonly id: string; readonly at: number; readonly still: boolean }

const FRAME = 'block size-full overflow-hidden rounded-md bg-sunken inset-ring inset-ring-line'

function Tile({ id, at, still }: TileProps) {
  const { formats } = usePhone()
  const text = useMediaTexts()
  const address = usePhotoAddress(id)
  const [lost, setLost] = useState(false)
  const view = useRef<HTMLDialogElement>(null)
  const day = formats.day(todayHere(new Date(takenAt(id))), 'short')
  const name = text('photo', { at, day })
  if (lost) return <Elsewhere at={at} still={still} />
  const small = address && <Photo src={address} alt={name} onLost={() => setLost(true)} />
  if (still) return <span className={FRAME}>{small}</span>
  return (
    <>
      <button
        type="button"
        aria-label={text('open', { at })}
        className={FRAME}
        onClick={() => view.current?.showModal()}
      >
        {small}
      </button>
      <dialog
        ref={view}
        aria-label={name}
        className="m-0 h-dvh max-h-none w-screen max-w-none place-items-center bg-canvas p-0 text-ink open:grid"
      >
        {address && <Photo whole src={address} alt={name} className="h-dvh w-screen" />}
        <span className="absolute top-3 right-3">
          <IconButton
            tone="raised"
            size={48}
            label={text('close')}
            icon={<X size={24} />}
            onClick={() => view.current?.close()}
          />
        </span>
      </dialog>
    </>
  )
}

/** It is on the server, or on another phone: it cannot be shown here now. */
function Elsewhere({ at, still }: { at: number; still: boolean }) {
  const text = useMediaTexts()
  return (
    <span
      className={`${FRAME} grid place-content-center justify-items-center gap-1 p-1 text-center text-caption text-ink-2`}
    >
      <ImageOff size={20} aria-hidden />
      <span className={still ? 'sr-only' : ''}>{text('elsewhere', { at })}</span>
    </span>
  )
}

function Remove({ at, onRemove }: { at: number; onRemove: () => void }) {
  const text = useMediaTexts()
  return (
    <span className="absolute -top-2 -right-2">
      <IconButton tone="raised" label={text('remove', { at })} icon={<X size={20} />} onClick={onRemove} />
    </span>
  )
}
