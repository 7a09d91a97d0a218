'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { Component, type ReactNode, useEffect } from 'react'
import { fetchMissed } from './later.tsx'
import { usePhone, usePhoneState } from './phone.tsx'
import { paths } from './router.tsx'

type Props = { readonly at: string; readonly children: ReactNode }

/**
 * Stands where a screen's script could not be fetched: nothing typed is lost, another screen opens as usual, and this one by
 * itself once the server is met again.
 */
export class MissingScreenBoundary extends Component<Props, { readonly missing: boolean }> {
  override state = { missing: false }

  static getDerivedStateFromError(): { missing: boolean } {
    return { missing: true }
  }

  onHere = (): void => this.setState({ missing: false })

  override componentDidUpdate(before: Props): void {
    if (before.at !== this.props.at && this.state.missing) this.onHere()
  }

  override render(): ReactNode {
    return this.state.missing ? <MissingScreen onHere={this.onHere} /> : this.props.children
  }
}

function MissingScreen({ onHere }: { onHere: () => void }) {
  const { store, texts } = usePhone()
  const { sync } = usePhoneState()
  const text = texts('sync')
  // Nobody may have noticed yet whether there is a network.
  useEffect(store.sync, [])
  useEffect(() => {
    if (sync !== 'offline') void fetchMissed().then((all) => all && onHere())
  }, [sync, onHere])
  return (
    <PhoneScreen>
      <Empty
        title={text('missingScreen.title')}
        text={text('missingScreen.text')}
        action={
          <Button variant="primary" onClick={() => (sync === 'idle' ? location.reload() : store.sync())}>
            {text('missingScreen.retry')}
          </Button>
        }
      />
      {/* A plain link: it opens Today afresh, whatever state this screen was left in. */}
      <Button href={paths.today}>{text('missingScreen.today')}</Button>
    </PhoneScreen>
  )
}
