import { joinClasses } from './join-classes.ts'

export type PhotoProps = {
  src: string
  alt: string
  /** Fills its place and loses its edges, or is seen whole. */
  whole?: boolean | undefined
  className?: string | undefined
  /** It cannot be had now. */
  onLost?: (() => void) | undefined
}

/** A photograph of the field, kept behind rights: no service in between makes it smaller. */
export function Photo({ src, alt, whole = false, className, onLost }: PhotoProps) {
  return (
    <img
      src={src}
      alt={alt}
      loading="lazy"
      className={joinClasses(whole ? 'object-contain' : 'size-full object-cover', className)}
      onError={onLost}
    />
  )
}
