'use client'
import { phoneRisks } from '@fieldback/domain/sync/phone-risk'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { TextLink } from '@fieldback/ui/text-link'
import { useEffect, useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { isInstalled, isIos } from './platform.ts'
import { useShellTexts } from './use-shell-texts.ts'

/** What may cost this phone its unsent work, each with what to do about it; nothing when all is well. */
export function StorageRisk() {
  const { formats } = usePhone()
  const text = useShellTexts()
  const { outbox } = usePhoneState()
  const risks = phoneRisks({
    now: new Date(),
    // They are kept in the order in which they were saved.
    oldestUnsent: outbox.find(({ state }) => state === 'phone')?.savedAt ?? null,
    freeBytes: useFreeBytes(outbox.length),
    erasedWhenIdle: isIos(navigator) && !isInstalled(),
  })
  if (risks.length === 0) return null
  return (
    <section>
      <OutboxHead kind="todo" title={text('risk.title')} text={text('risk.text')} />
      <List>
        {risks.map((risk) => {
          if (risk.kind === 'unsent')
            return (
              <ListRow
                key="unsent"
                title={text('risk.unsent', { days: risk.days })}
                text={text('risk.unsentText')}
              />
            )
          if (risk.kind === 'space')
            return (
              <ListRow
                key="space"
                title={text('risk.space', { left: formats.number(risk.megabytes) })}
                text={text('risk.spaceText')}
              />
            )
          return (
            <ListRow
              key="not-installed"
              title={text('risk.notInstalled')}
              text={
                <>
                  {text('risk.notInstalledText')}
                  <span className="mt-1 block">
                    <TextLink href={paths.install} renderLink={phoneLink}>
                      {text('risk.install')}
                    </TextLink>
                  </span>
                </>
              }
            />
          )
        })}
      </List>
    </section>
  )
}

/** Asked again whenever the outbox has changed. */
function useFreeBytes(held: number): number | null {
  const [free, setFree] = useState<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is held has taken some of it.
  useEffect(() => {
    let gone = false
    navigator.storage?.estimate?.().then(
      ({ quota, usage }) => {
        if (!gone && quota !== undefined && usage !== undefined) setFree(quota - usage)
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [held])
  return free
}
