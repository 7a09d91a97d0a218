'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { Component, type ReactNode } from 'react'
import { usePhone } from './phone.tsx'
import { paths } from './router.tsx'

type Props = { readonly at: string; readonly children: ReactNode }

/** Stands where a screen's script could not be fetched: nothing typed is lost, and another screen opens as usual. */
export class MissingScreenBoundary extends Component<Props, { readonly missing: boolean }> {
  override state = { missing: false }

  static getDerivedStateFromError(): { missing: boolean } {
    return { missing: true }
  }

  override componentDidUpdate(before: Props): void {
    if (before.at !== this.props.at && this.state.missing) this.setState({ missing: false })
  }

  override render(): ReactNode {
    return this.state.missing ? <MissingScreen /> : this.props.children
  }
}

function MissingScreen() {
  const text = usePhone().texts('sync')
  return (
    <PhoneScreen>
      <Empty
        title={text('missingScreen.title')}
        text={text('missingScreen.text')}
        action={
          <Button variant="primary" onClick={() => location.reload()}>
            {text('missingScreen.retry')}
          </Button>
        }
      />
      {/* A plain link: it opens Today afresh, whatever state this screen was left in. */}
      <Button href={paths.today}>{text('missingScreen.today')}</Button>
    </PhoneScreen>
  )
}
