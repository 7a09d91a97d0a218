'use client'
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { FIELD_ENTITIES, type FieldEntity } from '@fieldback/domain/field/field-spec'
import { Button } from '@fieldback/ui/button'
import { SectionHead } from '@fieldback/ui/section-head'
import GripVertical from 'lucide-react/icons/grip-vertical'
import { useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { useLabel } from '../../client/use-label.ts'
import type { AskedField, AskedOwner } from './asked.ts'
import { useOrder } from './use-order.ts'

export type OrderSectionProps = { readonly owner: AskedOwner; readonly onClose: () => void }

/** The questions that a territory owns, to be put in another order: by the pointer, a finger or the keyboard. */
export function OrderSection({ owner, onClose }: OrderSectionProps) {
  const text = useTranslations('fieldList')
  return (
    <section aria-labelledby="order" className="rounded-md bg-sunken p-4">
      <SectionHead id="order" aside={<Button onClick={onClose}>{text('order.close')}</Button>}>
        {text('order.title', { place: owner.territory.name })}
      </SectionHead>
      <p className="-mt-2 mb-3 max-w-[64ch] text-ink-2 text-small">{text('order.text')}</p>
      {FIELD_ENTITIES.map((entity) => {
        const fields = owner.fields.filter((field) => field.entity === entity)
        return fields.length > 1 ? (
          <OrderList key={entity} territoryId={owner.territory.id} entity={entity} fields={fields} />
        ) : null
      })}
    </section>
  )
}

type OrderListProps = {
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly fields: readonly AskedField[]
}

function OrderList({ territoryId, entity, fields }: OrderListProps) {
  const text = useTranslations('fieldList')
  const label = useLabel()
  const { order, put } = useOrder({ territoryId, entity, fields })
  const id = useId()
  /** Lifted, a question is over its own place: that it is lifted is what must be heard. */
  const moved = useRef(false)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const byId = new Map(fields.map((field) => [field.id, field]))
  const nameOf = (of: string | number) => label(byId.get(String(of))?.label ?? { fr: '' })
  const placeOf = (of: string | number) => order.indexOf(String(of)) + 1
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return
    put(arrayMove([...order], placeOf(active.id) - 1, placeOf(over.id) - 1))
  }
  const said = (of: string | number, over: string | number | undefined) => ({
    question: nameOf(of),
    place: placeOf(over ?? of),
    count: order.length,
  })
  return (
    <div className="mb-3">
      <h3 className="mb-1 font-medium text-caption text-ink-2">{text(`order.of.${entity}`)}</h3>
      <DndContext
        id={id}
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{
          screenReaderInstructions: { draggable: text('order.how') },
          announcements: {
            onDragStart: ({ active }) => {
              moved.current = false
              return text('order.lifted', said(active.id, undefined))
            },
            onDragOver: ({ active, over }) => {
              moved.current ||= over?.id !== active.id
              return moved.current ? text('order.over', said(active.id, over?.id)) : undefined
            },
            onDragEnd: ({ active, over }) => text('order.dropped', said(active.id, over?.id)),
            onDragCancel: ({ active }) => text('order.left', said(active.id, undefined)),
          },
        }}
      >
        <SortableContext items={[...order]} strategy={verticalListSortingStrategy}>
          <ol className="flex flex-col gap-1">
            {order.map((one) => (
              <OrderRow key={one} id={one} name={nameOf(one)} />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </div>
  )
}

function OrderRow({ id, name }: { id: string; name: string }) {
  const text = useTranslations('fieldList')
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id })
  return (
    <li
      ref={setNodeRef}
      style={{
        transform: transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined,
        transition,
      }}
      className={`flex items-center gap-1 rounded-md bg-surface pr-3 motion-reduce:transition-none! ${isDragging ? 'relative z-10 shadow-3' : 'shadow-1'}`}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-label={text('order.move', { question: name })}
        className="grid size-11 flex-none cursor-grab touch-none place-items-center rounded-md text-ink-3 hover:text-ink active:cursor-grabbing"
      >
        <GripVertical size={18} />
      </button>
      <span className="wrap-anywhere min-w-0 flex-1 py-2 text-small">{name}</span>
    </li>
  )
}
