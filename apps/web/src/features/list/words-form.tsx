'use client'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { ItemSpec } from '@fieldback/domain/list/list'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

const localised = (fr: string, en: string): Localised => ({
  fr: fr.trim(),
  ...(en.trim() ? { en: en.trim() } : {}),
})

type FormProps<Said> = {
  /** As it stood when the form was opened; null of what is new. */
  readonly before: Said | null
  /** As it stands now. */
  readonly now?: readonly string[]
  readonly run: string
  readonly save: (said: Said) => Promise<unknown>
  readonly close: () => void
}

/** The name of a list. */
export function NameForm({ before, run, save, close }: FormProps<Localised>) {
  const text = useTranslations('list')
  const [fr, setFr] = useState(before?.fr ?? '')
  const [en, setEn] = useState(before?.en ?? '')
  return (
    <Frame ready={fr.trim() !== ''} run={run} close={close} save={() => save(localised(fr, en))}>
      <Line label={text('name')} value={fr} onChange={setFr} placeholder={text('nameExample')} first />
      <Line label={text('english')} value={en} onChange={setEn} />
    </Frame>
  )
}

/** The words of an item. */
export function ItemForm({ before, now = [], run, save, close }: FormProps<ItemSpec>) {
  const text = useTranslations('list')
  const [fr, setFr] = useState(before?.label.fr ?? '')
  const [en, setEn] = useState(before?.label.en ?? '')
  const [code, setCode] = useState(before?.code ?? '')
  const [group, setGroup] = useState(before?.group ?? '')
  const said = { label: localised(fr, en), code: code.trim() || null, group: group.trim() || null }
  return (
    <Frame ready={fr.trim() !== ''} run={run} close={close} save={() => save(said)}>
      <Line label={text('item.label')} value={fr} onChange={setFr} first />
      <Line label={text('item.english')} value={en} onChange={setEn} />
      <Line label={text('item.code')} value={code} onChange={setCode} most={40} />
      <Line label={text('item.group')} value={group} onChange={setGroup} most={80} />
      <Meanwhile now={now} />
    </Frame>
  )
}

type LineProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly most?: number
  readonly first?: boolean
}

function Line({ label, value, onChange, placeholder, most = 300, first = false }: LineProps) {
  return (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={most}
          autoComplete="off"
          autoFocus={first}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type FrameProps = {
  readonly ready: boolean
  readonly run: string
  readonly save: () => Promise<unknown>
  readonly close: () => void
  readonly children: React.ReactNode
}

function Frame({ ready, run, save, close, children }: FrameProps) {
  const text = useTranslations('list')
  const sentence = useErrorSentence()
  const [error, setError] = useState<unknown>(null)
  const [saving, setSaving] = useState(false)
  const submit = () => {
    setSaving(true)
    setError(null)
    save()
      .then(close, setError)
      .finally(() => setSaving(false))
  }
  return (
    <form
      className="grid gap-3 rounded-md bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !saving) submit()
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">{children}</div>
      {error !== null && (
        <p role="alert" className="text-small">
          {sentence(error)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={!ready || saving}>
          {run}
        </Button>
        <Button variant="ghost" onClick={close}>
          {text('cancel')}
        </Button>
      </div>
    </form>
  )
}
