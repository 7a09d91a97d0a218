'use client'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { Notice } from '@fieldback/ui/notice'
import Check from 'lucide-react/icons/check'
import Download from 'lucide-react/icons/download'
import EllipsisVertical from 'lucide-react/icons/ellipsis-vertical'
import Send from 'lucide-react/icons/send'
import Share from 'lucide-react/icons/share'
import Smartphone from 'lucide-react/icons/smartphone'
import SquarePlus from 'lucide-react/icons/square-plus'
import { type ReactNode, useEffect, useState } from 'react'
import type { InstallPrompt } from '../../server/install-script.ts'
import { usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { isInstalled, type Platform, platformOf } from './platform.ts'
import { useShellTexts } from './use-shell-texts.ts'

/** How to have the application on one's home screen, in the words of this phone. */
export default function InstallScreen() {
  const text = useShellTexts()
  const { prompt, state, ask } = useInstallPrompt()
  const platform = platformOf(navigator)
  return (
    <InnerFrame title={text('install.title')} sub={text('install.why')}>
      {state === 'installed' ? (
        <Card>
          <Empty icon={<Check size={28} />} title={text('install.done')} text={text('install.doneText')} />
        </Card>
      ) : (
        <>
          {platform.startsWith('ios') && <SendFirst />}
          {prompt ? (
            <Button variant="primary" big icon={<Download size={20} />} onClick={ask}>
              {text('install.button')}
            </Button>
          ) : (
            <Steps platform={platform} />
          )}
          {state === 'refused' && (
            <p role="status" className="text-ink-2 text-small">
              {text('install.refused')}
            </p>
          )}
        </>
      )}
    </InnerFrame>
  )
}

/** There the installed application has a store of its own. */
function SendFirst() {
  const text = useShellTexts()
  const { outbox } = usePhoneState()
  if (!outbox.some(({ state }) => state === 'phone')) return null
  return (
    <Notice icon={<Send size={18} />} live>
      {text('install.sendFirst')}
    </Notice>
  )
}

function Steps({ platform }: { platform: Platform }) {
  const text = useShellTexts()
  const ios = platform === 'ios' || platform === 'ios-other'
  const words = ios ? null : platform === 'android' ? 'android' : 'other'
  return (
    <Card as="section" className="grid gap-5 p-5">
      {platform === 'ios-other' && <p className="text-ink-2 text-small">{text('install.iosOther')}</p>}
      <ol className="grid gap-5">
        <Step at={1} drawing={<Drawing platform={platform} />}>
          {words ? text(`install.${words}.menu`) : text('install.ios.share')}
        </Step>
        <Step at={2} drawing={<SquarePlus size={30} />}>
          {words ? text(`install.${words}.add`) : text('install.ios.add')}
        </Step>
        <Step at={3} drawing={<Smartphone size={30} />}>
          {text(ios ? 'install.ios.after' : 'install.after')}
        </Step>
      </ol>
    </Card>
  )
}

const Drawing = ({ platform }: { platform: Platform }) =>
  platform.startsWith('ios') ? <Share size={30} /> : <EllipsisVertical size={30} />

function Step({ at, drawing, children }: { at: number; drawing: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-4">
      <span className="grid size-16 flex-none place-items-center rounded-card bg-accent-soft text-accent-ink">
        {drawing}
      </span>
      <span className="min-w-0 flex-1">
        <b className="mr-1.5 tabular-nums">{at}.</b>
        {children}
      </span>
    </li>
  )
}

/** The browser's own offer, which comes once and early: the page's first script keeps it. */
function useInstallPrompt() {
  const [prompt, setPrompt] = useState<InstallPrompt | null>(() => window.fieldbackInstall ?? null)
  const [state, setState] = useState<'browser' | 'installed' | 'refused'>(() =>
    isInstalled() ? 'installed' : 'browser',
  )
  useEffect(() => {
    const control = new AbortController()
    const { signal } = control
    window.addEventListener('beforeinstallprompt', setPrompt, { signal })
    window.addEventListener('appinstalled', () => setState('installed'), { signal })
    return () => control.abort()
  }, [])
  const ask = async (): Promise<void> => {
    const answer = await prompt?.prompt()
    // An offer serves once.
    window.fieldbackInstall = undefined
    setPrompt(null)
    if (answer?.outcome === 'dismissed') setState('refused')
  }
  return { prompt, state, ask }
}
