'use client'
import { useEffect } from 'react'

declare global {
  interface Window {
    /** Put there by the document's first script. */
    giveEarlyClickBack?: () => void
  }
}

/** Gives the tap made before the page could answer to the button it was meant for. Draws nothing. */
export function EarlyClicks() {
  useEffect(() => window.giveEarlyClickBack?.(), [])
  return null
}
