import { IMPORT_TARGETS, type ImportKind } from './import.ts'

type Example = Readonly<Record<string, string>>

/** One line of each kind, as somebody would write it: what the template shows. */
const EXAMPLES: Readonly<Record<'fr' | 'en', Readonly<Record<ImportKind, Example>>>> = {
  fr: {
    territories: {
      name: 'Pays Basque',
      level: 'Sous-secteur',
      parent: 'Pyrénées-Atlantiques',
      code: '64-PB',
    },
    people: {
      email: 'maialen.etcheverry@exemple.fr',
      name: 'Etcheverry',
      firstName: 'Maialen',
      role: 'Commercial',
      territory: 'Pays Basque',
      from: '01/01/2027',
      to: '',
      locale: 'Français',
    },
    accounts: {
      ref: 'C-0042',
      name: 'Fromagerie Harispe',
      kind: 'Client',
      activity: 'Fromagerie',
      street: '12 rue du Marché',
      postcode: '64250',
      city: 'Itxassou',
      phone: '05 59 00 00 00',
      email: 'contact@exemple.fr',
      territory: 'Pays Basque',
      visitEveryDays: '60',
    },
    contacts: {
      accountRef: 'C-0042',
      account: 'Fromagerie Harispe',
      accountPostcode: '64250',
      accountCity: 'Itxassou',
      lastName: 'Harispe',
      firstName: 'Maider',
      jobTitle: 'Gérante',
      phone: '06 00 00 00 00',
      email: 'maider@exemple.fr',
      optedOut: 'Non',
    },
  },
  en: {
    territories: { name: 'Pays Basque', level: 'Sub-sector', parent: 'Pyrénées-Atlantiques', code: '64-PB' },
    people: {
      email: 'maialen.etcheverry@example.com',
      name: 'Etcheverry',
      firstName: 'Maialen',
      role: 'Rep',
      territory: 'Pays Basque',
      from: '01/01/2027',
      to: '',
      locale: 'English',
    },
    accounts: {
      ref: 'C-0042',
      name: 'Harispe Dairy',
      kind: 'Client',
      activity: 'Dairy',
      street: '12 rue du Marché',
      postcode: '64250',
      city: 'Itxassou',
      phone: '+33 5 59 00 00 00',
      email: 'contact@example.com',
      territory: 'Pays Basque',
      visitEveryDays: '60',
    },
    contacts: {
      accountRef: 'C-0042',
      account: 'Harispe Dairy',
      accountPostcode: '64250',
      accountCity: 'Itxassou',
      lastName: 'Harispe',
      firstName: 'Maider',
      jobTitle: 'Manager',
      phone: '+33 6 00 00 00 00',
      email: 'maider@example.com',
      optedOut: 'No',
    },
  },
}

/** The example line of a kind, in the order of its targets. */
export const exampleLine = (kind: ImportKind, locale: 'fr' | 'en'): string[] =>
  IMPORT_TARGETS[kind].map(({ key }) => EXAMPLES[locale][kind][key] ?? '')
