'use client'
import { useEffect } from 'react'

declare global {
  interface Window {
    /** Put there by the document's first script; gone once the page answers. */
    giveEarlyClickBack?: () => void
  }
}

/** Gives the tap made before the page could answer to the button it was meant for. Draws nothing. */
export function EarlyClicks() {
  useEffect(() => {
    // After the effects of what lies around: the router listens to addresses only once its own have run.
    const soon = setTimeout(() => window.giveEarlyClickBack?.())
    return () => clearTimeout(soon)
  }, [])
  return null
}
