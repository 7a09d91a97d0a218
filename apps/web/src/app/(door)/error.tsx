'use client'
import { OutageScreen } from '../../client/outage-screen.tsx'

export default function Failed() {
  return <OutageScreen />
}
