'use client'
import { PhoneScreen } from '@fieldback/ui/phone-screen'

/** Entry of the phone application. */
export function App() {
  return <PhoneScreen>{null}</PhoneScreen>
}
