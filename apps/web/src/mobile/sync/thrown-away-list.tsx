'use client'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { newId } from '../data/new-id.ts'
import { usePhone } from '../phone.tsx'
import { takeBack } from './discard.ts'
import { changeTogether } from './outbox-together.ts'
import type { Work } from './outbox-work.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'
import { useWorkText } from './work-text.ts'

const FIRST_SHOWN = 3

/** Thrown away here, to be taken back for as long as it is kept. */
export function ThrownAway({ work }: { work: readonly Work[] }) {
  const { store } = usePhone()
  const text = useOutboxTexts()
  const say = useWorkText()
  const toast = useToast()
  const [all, setAll] = useState(false)
  if (work.length === 0) return null
  const back = async ({ items }: Work) => {
    await changeTogether(store, (outbox) => takeBack(outbox, items, newId))
    toast({ text: text('discarded.restored') })
  }
  const rest = work.length - FIRST_SHOWN
  return (
    <section>
      <OutboxHead kind="sent" icon={Trash2} title={text('discarded.title')} text={text('discarded.text')} />
      <List>
        {(all ? work : work.slice(0, FIRST_SHOWN)).map((one) => {
          const { title, text: what } = say(one)
          return (
            <ListRow
              key={one.main.place}
              title={title}
              text={what}
              action={
                <Button variant="quiet" onClick={() => void back(one)}>
                  {text('discarded.back')}
                </Button>
              }
            />
          )
        })}
      </List>
      {!all && rest > 0 && (
        <TextLink className="mt-3" onClick={() => setAll(true)}>
          {text('accepted.more', { count: rest })}
        </TextLink>
      )}
    </section>
  )
}
