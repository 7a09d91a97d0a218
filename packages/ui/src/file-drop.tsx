import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { joinClasses } from './join-classes.ts'

export type FileDropProps = {
  /** Names the input. */
  label: string
  /** 28 px. */
  icon: ReactNode
  title: ReactNode
  text?: ReactNode
  /** What the system's list offers: ".csv,.xlsx". A file dropped may be anything: judge it. */
  accept?: string | undefined
  onFiles: (files: readonly File[]) => void
  disabled?: boolean | undefined
  describedBy?: string | undefined
}

/** A place to drop a file, or to choose one: the system's own input covers it, so that keyboard and touch work as everywhere. */
export function FileDrop(props: FileDropProps) {
  const { label, icon, title, text, accept, onFiles, disabled = false, describedBy } = props
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = () => {
    const files = [...(input.current?.files ?? [])]
    // The same file, corrected, must be choosable again.
    if (input.current) input.current.value = ''
    if (files.length > 0) onFiles(files)
  }
  // A file chosen before the page answered.
  const early = useRef(take)
  useEffect(() => early.current(), [])
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!disabled) onFiles([...event.dataTransfer.files])
  }
  const hold = (event: DragEvent) => {
    event.preventDefault()
    setOver(!disabled)
  }
  return (
    <div
      className={joinClasses(
        'relative grid min-h-36 place-items-center rounded-md border border-dashed px-5 py-6 text-center transition-colors',
        'has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2',
        over ? 'border-accent bg-accent-soft' : 'border-control bg-surface hover:bg-canvas',
        disabled && 'bg-sunken text-ink-3',
      )}
    >
      <div className="flex flex-col items-center gap-1">
        <span className="mb-1 text-ink-3">{icon}</span>
        <b>{title}</b>
        {text && <span className="text-ink-2 text-small">{text}</span>}
      </div>
      <input
        ref={input}
        type="file"
        aria-label={label}
        aria-describedby={describedBy}
        accept={accept}
        disabled={disabled}
        onDragOver={hold}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        onChange={take}
        className="absolute inset-0 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
      />
    </div>
  )
}
