'use client'
import { type PointerEvent, useRef } from 'react'

type Handle = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: () => void
  readonly onPointerCancel: () => void
}

/**
 * Drags a row of a list by its handle: as soon as the pointer is over another row, the two change places. The list's
 * rows are the elements with `data-stop`.
 */
export function useDrag(onMove: (from: number, to: number) => void): (at: number) => Handle {
  const held = useRef<number | null>(null)
  const letGo = () => {
    held.current = null
  }
  return (at) => ({
    onPointerDown(event) {
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = at
    },
    onPointerMove(event) {
      const from = held.current
      const list = event.currentTarget.closest('ol')
      if (from === null || !list) return
      const rows = [...list.querySelectorAll<HTMLElement>('[data-stop]')]
      const over = rows.findIndex((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return event.clientY >= top && event.clientY < bottom
      })
      if (over < 0 || over === from) return
      held.current = over
      onMove(from, over)
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  })
}
