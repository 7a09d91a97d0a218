'use client'
import type { PlannedItem } from '@fieldback/domain/list/plan-items'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { Field } from '@fieldback/ui/field'
import { TextArea } from '@fieldback/ui/text-area'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CallError, callMutation } from '../../client/call.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useListChanges } from './use-list-changes.ts'

type PasteFormProps = {
  readonly at: { readonly territoryId: string; readonly listId: string }
  readonly close: () => void
}

/** Lines told at once, refused ones first. */
const TOLD_MOST = 200

/** Many items at once: each line is told what it makes before anything is written. */
export function PasteForm({ at, close }: PasteFormProps) {
  const text = useTranslations('list')
  const sentence = useErrorSentence()
  const { told, turn } = useListChanges()
  const [typed, setTyped] = useState('')
  const [lines, setLines] = useState<readonly PlannedItem[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const run = (work: Promise<unknown>) => {
    setWorking(true)
    setError(null)
    work.catch(setError).finally(() => setWorking(false))
  }
  const tryOut = () =>
    run(
      callMutation('list.tryItems', { ...at, text: typed }).then((plan) =>
        setLines(plan as readonly PlannedItem[]),
      ),
    )
  const save = () =>
    run(
      callMutation('list.pasteItems', { ...at, text: typed }).then(async ({ lines: done, added }) => {
        const count = (done as readonly PlannedItem[]).filter(isWritten).length
        await told(text('paste.done', { count }), added.length > 0 ? () => turn(added, 'retire') : undefined)
        close()
      }),
    )
  const written = lines?.filter(isWritten).length ?? 0
  const refused = lines?.filter(({ verdict }) => verdict.is === 'refused').length ?? 0
  const resultOf = ({ verdict }: PlannedItem): string => {
    if (verdict.is === 'refused') return sentence(new CallError(verdict))
    return text(`paste.${verdict.is === 'changed' && verdict.restored ? 'restored' : verdict.is}`)
  }
  return (
    <section aria-label={text('paste.title')} className="grid gap-3 rounded-md border border-line p-4">
      <Field label={text('paste.lines')} hint={text('paste.hint')}>
        {(control) => (
          <TextArea
            {...control}
            rows={8}
            spellCheck={false}
            placeholder={text('paste.example')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setLines(null)
            }}
          />
        )}
      </Field>
      {error !== null && (
        <p role="alert" className="text-small">
          {sentence(error)}
        </p>
      )}
      {lines && (
        <>
          <p role="status" className="text-small empty:hidden">
            {refused > 0 ? text('paste.refused', { count: refused }) : null}
            {written === 0 && refused === 0 ? text('paste.nothing') : null}
          </p>
          <DataTable
            caption={text('paste.caption')}
            rowKey={({ line }) => String(line)}
            rows={refusedFirst(lines)}
            columns={[
              {
                key: 'line',
                head: text('paste.line'),
                figure: true,
                cell: ({ line }) => line,
                width: '4rem',
              },
              {
                key: 'item',
                head: text('page.item'),
                rowHead: true,
                cell: ({ spec }) => <span className="wrap-anywhere">{spec.label.fr}</span>,
              },
              { key: 'code', head: text('page.code'), cell: ({ spec }) => spec.code },
              { key: 'group', head: text('page.group'), cell: ({ spec }) => spec.group },
              { key: 'result', head: text('paste.result'), cell: resultOf },
            ]}
          />
          {lines.length > TOLD_MOST && (
            <p className="text-caption text-ink-2">{text('paste.first', { most: TOLD_MOST })}</p>
          )}
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {lines ? (
          <Button variant="primary" disabled={written === 0 || working} onClick={save}>
            {text('paste.put', { count: written })}
          </Button>
        ) : (
          <Button variant="primary" disabled={typed.trim() === '' || working} onClick={tryOut}>
            {text('paste.try')}
          </Button>
        )}
        <Button variant="ghost" onClick={close}>
          {text('cancel')}
        </Button>
      </div>
    </section>
  )
}

const isWritten = ({ verdict }: PlannedItem): boolean => verdict.is === 'new' || verdict.is === 'changed'

const refusedFirst = (lines: readonly PlannedItem[]): readonly PlannedItem[] =>
  lines
    .toSorted((a, b) => Number(b.verdict.is === 'refused') - Number(a.verdict.is === 'refused'))
    .slice(0, TOLD_MOST)
