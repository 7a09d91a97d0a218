import type { FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import { PAYS_BASQUE } from './posts.ts'

/** A question before it has an id: who owns it (rank and code) and what it asks. */
export type Question = {
  readonly key: string
  readonly owner: readonly [rank: 0 | 1 | 2 | 3, code: string]
  readonly entity: FieldEntity
  /** Whatever is left out takes the default of domain/field/field-spec.ts. */
  readonly spec: Partial<FieldSpec> & Pick<FieldSpec, 'label' | 'why' | 'type' | 'givebacks'>
}

type Labels = readonly (readonly [id: string, fr: string, en: string])[]
const options = (labels: Labels) => labels.map(([id, fr, en]) => ({ id, label: { fr, en } }))

const FRANCE = [0, 'FR'] as const
const NOUVELLE_AQUITAINE = [1, '75'] as const
const BRETAGNE = [1, '53'] as const
const PYRENEES_ATLANTIQUES = [2, '64'] as const
const SAVOIE = [2, '73'] as const
const BASQUE = [3, PAYS_BASQUE] as const

const REPORT_QUESTIONS: readonly Question[] = [
  {
    key: 'humeur',
    owner: FRANCE,
    entity: 'report',
    spec: {
      label: { fr: 'Humeur du client', en: 'How the client felt' },
      why: {
        fr: 'Pour sentir un client qui s’éloigne avant qu’il ne parte.',
        en: 'To sense a client drifting away before he leaves.',
      },
      type: 'single_choice',
      options: options([
        ['tres_bonne', 'Très bonne', 'Very good'],
        ['bonne', 'Bonne', 'Good'],
        ['moyenne', 'Moyenne', 'So-so'],
        ['mauvaise', 'Mauvaise', 'Bad'],
      ]),
      reportable: true,
      position: 10,
      givebacks: [{ kind: 'comparison' }],
    },
  },
  {
    key: 'produits',
    owner: FRANCE,
    entity: 'report',
    spec: {
      label: { fr: 'Produits évoqués', en: 'Products discussed' },
      why: {
        fr: 'Pour savoir ce qui se vend ailleurs et ce qu’il vaut la peine de montrer.',
        en: 'To know what sells elsewhere and what is worth showing.',
      },
      type: 'multiple_choice',
      options: options([
        ['four', 'Four', 'Oven'],
        ['vitrine', 'Vitrine', 'Display cabinet'],
        ['chambre_froide', 'Chambre froide', 'Cold room'],
        ['petrin', 'Pétrin', 'Kneader'],
        ['laverie', 'Laverie', 'Dishwashing'],
      ]),
      reportable: true,
      position: 20,
      givebacks: [{ kind: 'comparison' }, { kind: 'trend' }],
    },
  },
  {
    key: 'concurrent',
    owner: NOUVELLE_AQUITAINE,
    entity: 'report',
    spec: {
      label: { fr: 'Concurrent en place', en: 'Competitor in place' },
      why: {
        fr: 'Pour savoir qui est déjà chez votre client, et ce que cela change à vos ventes.',
        en: 'To know who is already at your client’s, and what it changes for your sales.',
      },
      type: 'single_choice',
      options: options([
        ['aucun', 'Aucun', 'None'],
        ['panimat', 'Panimat', 'Panimat'],
        ['sofour', 'Sofour', 'Sofour'],
        ['frimat', 'Frimat', 'Frimat'],
        ['autre', 'Autre', 'Other'],
      ]),
      reportable: true,
      position: 10,
      givebacks: [{ kind: 'badge' }, { kind: 'comparison' }, { kind: 'insight' }],
    },
  },
  {
    key: 'projet_12_mois',
    owner: NOUVELLE_AQUITAINE,
    entity: 'report',
    spec: {
      label: { fr: 'Projet à 12 mois', en: 'Plans within 12 months' },
      why: {
        fr: 'Pour retrouver son projet sur la fiche avant la prochaine visite.',
        en: 'To find his plans on the card before the next visit.',
      },
      type: 'short_text',
      position: 20,
      givebacks: [{ kind: 'badge' }],
    },
  },
]

const ACCOUNT_QUESTIONS: readonly Question[] = [
  {
    key: 'metier',
    owner: FRANCE,
    entity: 'account',
    spec: {
      label: { fr: 'Métier', en: 'Trade' },
      why: {
        fr: 'Pour comparer vos boulangers à des boulangers, pas à des hôtels.',
        en: 'To compare your bakers with bakers, not with hotels.',
      },
      type: 'single_choice',
      options: options([
        ['boulangerie', 'Boulangerie', 'Bakery'],
        ['fromagerie', 'Fromagerie', 'Cheese shop'],
        ['traiteur', 'Traiteur', 'Caterer'],
        ['auberge', 'Auberge', 'Inn'],
        ['hotel', 'Hôtel', 'Hotel'],
        ['autre', 'Autre', 'Other'],
      ]),
      required: true,
      reportable: true,
      position: 10,
      givebacks: [
        { kind: 'comparison' },
        { kind: 'segment', label: { fr: 'Boulangeries', en: 'Bakeries' }, options: ['boulangerie'] },
      ],
    },
  },
  {
    key: 'fin_contrat',
    owner: FRANCE,
    entity: 'account',
    spec: {
      label: { fr: "Fin du contrat d'entretien", en: 'End of the maintenance contract' },
      why: {
        fr: 'Pour vous prévenir 45 jours avant, quand il est temps d’en reparler.',
        en: 'To tell you 45 days before, when it is time to talk about it again.',
      },
      type: 'date',
      reportable: true,
      position: 20,
      givebacks: [
        {
          kind: 'reminder',
          label: { fr: 'Contrat d’entretien à renouveler', en: 'Maintenance contract to renew' },
          daysBefore: 45,
        },
        { kind: 'badge' },
      ],
    },
  },
  {
    key: 'annee_four',
    owner: PYRENEES_ATLANTIQUES,
    entity: 'account',
    spec: {
      label: { fr: 'Année du four', en: 'Year of the oven' },
      why: {
        fr: 'Pour arriver au bon moment : un four qui vieillit se remplace.',
        en: 'To come at the right time: an ageing oven gets replaced.',
      },
      type: 'integer',
      min: 1985,
      max: 2026,
      reportable: true,
      staleAfterDays: 365,
      position: 10,
      givebacks: [{ kind: 'badge' }, { kind: 'comparison' }],
    },
  },
  {
    key: 'energie_four',
    owner: PYRENEES_ATLANTIQUES,
    entity: 'account',
    spec: {
      label: { fr: 'Énergie du four', en: 'Energy of the oven' },
      why: {
        fr: 'Pour venir avec le bon modèle et les bonnes aides, et plus souvent là où un four à bois s’use.',
        en: 'To come with the right model and the right grants, and more often where a wood oven wears out.',
      },
      type: 'single_choice',
      options: options([
        ['gaz', 'Gaz', 'Gas'],
        ['electrique', 'Électrique', 'Electric'],
        ['bois', 'Bois', 'Wood'],
      ]),
      reportable: true,
      position: 20,
      givebacks: [
        { kind: 'badge' },
        { kind: 'comparison' },
        { kind: 'priority', visits: [{ option: 'bois', everyDays: 60 }] },
      ],
    },
  },
  {
    key: 'foires',
    owner: BASQUE,
    entity: 'account',
    spec: {
      label: { fr: 'Foires et marchés', en: 'Fairs and markets' },
      why: {
        fr: 'Pour savoir où le croiser, et qui inviter à nos démonstrations.',
        en: 'To know where to meet him, and whom to invite to our demonstrations.',
      },
      type: 'multiple_choice',
      options: options([
        ['foire_jambon', 'Foire au jambon de Bayonne', 'Bayonne ham fair'],
        ['fete_piment', 'Fête du piment d’Espelette', 'Espelette pepper festival'],
        ['halles_biarritz', 'Halles de Biarritz', 'Biarritz covered market'],
        ['marche_garazi', 'Marché de Saint-Jean-Pied-de-Port', 'Saint-Jean-Pied-de-Port market'],
        ['foire_hasparren', 'Foire de Hasparren', 'Hasparren fair'],
        ['aucune', 'Aucune', 'None'],
      ]),
      reportable: true,
      position: 10,
      givebacks: [
        { kind: 'badge' },
        {
          kind: 'segment',
          label: { fr: 'Présents aux foires et marchés', en: 'At fairs and markets' },
          options: ['foire_jambon', 'fete_piment', 'halles_biarritz', 'marche_garazi', 'foire_hasparren'],
        },
      ],
    },
  },
  {
    key: 'saison',
    owner: SAVOIE,
    entity: 'account',
    spec: {
      label: { fr: 'Saison d’ouverture', en: 'Opening season' },
      why: {
        fr: 'Pour ne pas monter en station devant une porte fermée.',
        en: 'So as not to drive up to a resort and find a closed door.',
      },
      type: 'single_choice',
      options: options([
        ['annee', 'Toute l’année', 'All year'],
        ['hiver', 'Hiver', 'Winter'],
        ['ete', 'Été', 'Summer'],
        ['hiver_ete', 'Hiver et été', 'Winter and summer'],
      ]),
      reportable: true,
      position: 10,
      givebacks: [{ kind: 'badge' }, { kind: 'comparison' }],
    },
  },
]

const CONTACT_QUESTIONS: readonly Question[] = [
  {
    key: 'parle_basque',
    owner: BASQUE,
    entity: 'contact',
    spec: {
      label: { fr: 'Parle basque', en: 'Speaks Basque' },
      why: {
        fr: 'Pour lui parler et lui écrire dans sa langue.',
        en: 'To speak and write to him in his own language.',
      },
      type: 'single_choice',
      options: options([
        ['oui', 'Oui', 'Yes'],
        ['un_peu', 'Un peu', 'A little'],
        ['non', 'Non', 'No'],
      ]),
      reportable: true,
      staleAfterDays: 1000,
      position: 10,
      givebacks: [
        { kind: 'badge' },
        { kind: 'comparison' },
        {
          kind: 'segment',
          label: { fr: 'Contacts qui parlent basque', en: 'Contacts who speak Basque' },
          options: ['oui'],
        },
      ],
    },
  },
  {
    key: 'parle_breton',
    owner: BRETAGNE,
    entity: 'contact',
    spec: {
      label: { fr: 'Parle breton', en: 'Speaks Breton' },
      why: {
        fr: 'Pour commencer la visite dans sa langue quand il y tient.',
        en: 'To begin the visit in his own language when it matters to him.',
      },
      type: 'yes_no',
      reportable: true,
      position: 10,
      givebacks: [
        { kind: 'badge' },
        {
          kind: 'segment',
          label: { fr: 'Contacts qui parlent breton', en: 'Contacts who speak Breton' },
          options: ['true'],
        },
      ],
    },
  },
]

export const QUESTIONS: readonly Question[] = [
  ...REPORT_QUESTIONS,
  ...ACCOUNT_QUESTIONS,
  ...CONTACT_QUESTIONS,
]
