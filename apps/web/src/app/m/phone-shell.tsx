'use client'
import dynamic from 'next/dynamic'

// Never rendered on the server: it reads the phone's own database.
const App = dynamic(() => import('../../mobile/app.tsx').then(({ App }) => App), { ssr: false })

export const PhoneShell = () => <App />
