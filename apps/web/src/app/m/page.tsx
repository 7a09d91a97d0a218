import { PhoneShell } from './phone-shell.tsx'

export const dynamic = 'force-static'

export default function Page() {
  return <PhoneShell />
}
