'use client'
import type { FieldType } from '@fieldback/domain/field/field-spec'
import type { ComponentType } from 'react'
import { later } from '../../later.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { BoundedDateInput, MomentInput } from './moment-input.tsx'
import { LengthInput, MoneyInput, RatingInput } from './number-inputs.tsx'
import { AddressInput, PositionInput } from './place-inputs.tsx'
import { EmailInput, PhoneInput, WebInput } from './reach-inputs.tsx'
import { AccountReferenceInput, ContactReferenceInput } from './reference-inputs.tsx'

// Only forms that ask for an item or a photo bring them; without network they come from what the phone keeps of this build.
const ItemsInput = later(() => import('./items-input.tsx'))
const PhotoInput = later(() => import('../../media/photo-input.tsx'))

type CommonType =
  | 'yes_no'
  | 'single_choice'
  | 'multiple_choice'
  | 'integer'
  | 'decimal'
  | 'short_text'
  | 'long_text'
  | 'computed'

const INPUTS: Readonly<Record<Exclude<FieldType, CommonType>, ComponentType<AnswerInputProps>>> = {
  money: MoneyInput,
  duration: LengthInput,
  rating: RatingInput,
  // Without bounds, it is answered with the common ones.
  date: BoundedDateInput,
  date_time: MomentInput,
  phone: PhoneInput,
  email: EmailInput,
  web_address: WebInput,
  postal_address: AddressInput,
  position: PositionInput,
  account_reference: AccountReferenceInput,
  contact_reference: ContactReferenceInput,
  list_reference: ItemsInput,
  photo: PhotoInput,
}

/** The inputs of types that few forms ask: a chunk of their own. */
export default function RareInput(props: AnswerInputProps) {
  const Input = (INPUTS as Partial<Record<FieldType, ComponentType<AnswerInputProps>>>)[props.field.spec.type]
  return Input ? <Input {...props} /> : null
}
