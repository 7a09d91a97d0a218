import type { FieldEntity, FieldOption, FieldSpec, Localised } from './field-spec.ts'

/** A question proposed to a new organisation; `key` names it for good, whatever it is called there. */
export type StarterField = { readonly key: string; readonly entity: FieldEntity; readonly spec: FieldSpec }

type Text = Required<Localised>
const option = (id: string, fr: string, en: string): FieldOption => ({ id, label: { fr, en } })
const text = (fr: string, en: string): Text => ({ fr, en })

const starter = (
  key: string,
  entity: FieldEntity,
  spec: Pick<FieldSpec, 'label' | 'why' | 'type' | 'givebacks'> & Partial<FieldSpec>,
): StarterField => ({
  key,
  entity,
  spec: { options: [], required: false, reportable: true, shared: false, position: 0, ...spec },
})

const report: readonly StarterField[] = [
  starter('decision_maker_met', 'report', {
    label: text('Avez-vous vu la personne qui décide\u00a0?', 'Did you see the person who decides?'),
    why: text(
      'Pour savoir si une visite se gagne plus souvent avec elle.',
      'To know whether visits are won more often with them.',
    ),
    type: 'yes_no',
    givebacks: [{ kind: 'comparison' }, { kind: 'badge' }],
  }),
  starter('held_back_by', 'report', {
    label: text('Qu’est-ce qui a freiné le client\u00a0?', 'What held the client back?'),
    why: text(
      'Pour préparer la réponse avant la prochaine visite.',
      'To prepare the answer before the next visit.',
    ),
    type: 'single_choice',
    options: [
      option('price', 'Le prix', 'Price'),
      option('timing', 'Le moment', 'Timing'),
      option('competitor', 'Un concurrent', 'A competitor'),
      option('no_need', 'Pas de besoin', 'No need'),
      option('nothing', 'Rien', 'Nothing'),
    ],
    givebacks: [
      { kind: 'comparison' },
      { kind: 'badge' },
      { kind: 'segment', label: text('Freinés par le prix', 'Held back by price'), options: ['price'] },
    ],
  }),
  starter('products_shown', 'report', {
    label: text('Combien de produits avez-vous présentés\u00a0?', 'How many products did you show?'),
    why: text('Pour voir combien il en faut pour une commande.', 'To see how many it takes to get an order.'),
    type: 'integer',
    min: 0,
    max: 50,
    givebacks: [{ kind: 'comparison' }],
  }),
  starter('next_step_on', 'report', {
    label: text('Quand est la prochaine étape\u00a0?', 'When is the next step?'),
    why: text('Pour vous le rappeler à temps.', 'To remind you in time.'),
    type: 'date',
    givebacks: [
      { kind: 'reminder', label: text('Prochaine étape', 'Next step'), daysBefore: 2 },
      { kind: 'badge' },
    ],
  }),
]

const card: readonly StarterField[] = [
  starter('preferred_day', 'account', {
    label: text('Quel jour préfère-t-il être visité\u00a0?', 'Which day do they prefer to be visited?'),
    why: text('Pour ne plus venir pour rien.', 'So that no visit is made for nothing.'),
    type: 'single_choice',
    options: [
      option('monday', 'Lundi', 'Monday'),
      option('tuesday', 'Mardi', 'Tuesday'),
      option('wednesday', 'Mercredi', 'Wednesday'),
      option('thursday', 'Jeudi', 'Thursday'),
      option('friday', 'Vendredi', 'Friday'),
    ],
    staleAfterDays: 365,
    givebacks: [{ kind: 'badge' }],
  }),
  starter('buys_elsewhere', 'account', {
    label: text('Achète-t-il aussi chez un concurrent\u00a0?', 'Do they also buy from a competitor?'),
    why: text('Pour savoir chez qui il y a de la place à prendre.', 'To know where there is room to grow.'),
    type: 'yes_no',
    staleAfterDays: 180,
    givebacks: [
      { kind: 'badge' },
      { kind: 'segment', label: text('Achètent aussi ailleurs', 'Also buy elsewhere'), options: ['true'] },
    ],
  }),
  starter('decides', 'contact', {
    label: text('Décide-t-il des achats\u00a0?', 'Do they decide on purchases?'),
    why: text('Pour savoir à qui parler en arrivant.', 'To know whom to talk to on arrival.'),
    type: 'yes_no',
    staleAfterDays: 365,
    givebacks: [
      { kind: 'badge' },
      { kind: 'segment', label: text('Décident des achats', 'Decide on purchases'), options: ['true'] },
    ],
  }),
  starter('reached_by', 'contact', {
    label: text('Comment préfère-t-il être joint\u00a0?', 'How do they prefer to be reached?'),
    why: text('Pour avoir une réponse du premier coup.', 'To get an answer the first time.'),
    type: 'single_choice',
    options: [
      option('phone', 'Téléphone', 'Phone'),
      option('sms', 'SMS', 'Text message'),
      option('email', 'E-mail', 'E-mail'),
      option('visit', 'En personne', 'In person'),
    ],
    staleAfterDays: 365,
    givebacks: [
      { kind: 'badge' },
      { kind: 'segment', label: text('Préfèrent un e-mail', 'Prefer an e-mail'), options: ['email'] },
    ],
  }),
]

/** What a new organisation may ask first, each with its returns: four in a report, two on an account, two on a contact. */
export const STARTER_FIELDS: readonly StarterField[] = [...report, ...card].map((field, position) => ({
  ...field,
  spec: { ...field.spec, position },
}))
