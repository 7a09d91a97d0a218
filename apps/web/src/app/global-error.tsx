'use client'
import './globals.css'
import { OutageScreen } from '../client/outage-screen.tsx'

/** When even a layout cannot be made: the database is away, most often. */
export default function GlobalError() {
  return (
    <html lang="fr">
      <body>
        <OutageScreen />
      </body>
    </html>
  )
}
