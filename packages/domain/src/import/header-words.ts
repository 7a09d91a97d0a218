import type { ImportKind } from './import.ts'

type Words = Readonly<Record<string, string>>

const REACH: Words = {
  email:
    'e mail, mail, email, courriel, adresse mail, adresse e mail, adresse email, adresse electronique, email address, e mail address, mel',
  phone:
    'telephone, tel, tel fixe, tel mobile, telephone fixe, telephone portable, numero de telephone, n de telephone, portable, mobile, fixe, gsm, phone, phone number, mobile phone, telephone number, tel 1',
}
const ACCOUNT_REF =
  'reference, ref, code client, numero client, n client, no client, num client, id client, identifiant client, numero de client, matricule client, reference client, ref client, customer number, customer id, customer code, account number, account id, account ref, account reference, reference du compte, client number, client no, client id, client code, customer no, customer ref, account no, account code'

/**
 * Titles that people give their columns, in French and English, by target: as `nameKey` leaves them, the most usual first,
 * separated by commas.
 */
export const HEADER_WORDS: Readonly<Record<ImportKind, Words>> = {
  territories: {
    name: 'nom, territoire, secteur, name, territory, sector, libelle, nom du territoire, nom du secteur, territory name, label, designation',
    level: 'niveau, level, rang, rank, type, type de territoire, niveau hierarchique',
    parent:
      'rattache a, parent, rattachement, territoire parent, appartient a, sous, reports to, belongs to, under, parent territory, region, superieur',
    code: 'code, identifiant, id, code territoire, code secteur, territory code, insee, code insee',
  },
  people: {
    email: REACH.email ?? '',
    name: 'nom, nom de famille, name, last name, surname, family name, nom complet, full name, collaborateur, personne, lastname',
    firstName: 'prenom, first name, firstname, given name, forename',
    role: 'role, fonction, profil, poste, profile, function, job, droit, droits, permission',
    territory:
      'territoire, secteur, territory, sector, region, zone, area, affectation, perimetre, departement, department, county, agence, branch, sous secteur',
    from: 'debut, a partir du, date de debut, depuis, du, date d entree, start, start date, from, since, valid from',
    to: 'fin, jusqu au, date de fin, au, date de sortie, end, end date, to, until, valid to',
    locale: 'langue, language, locale, lang',
  },
  accounts: {
    ref: ACCOUNT_REF,
    name: 'nom, raison sociale, societe, enseigne, denomination, client, nom du client, nom client, nom de la societe, entreprise, etablissement, compte, nom du compte, name, company, company name, account, account name, customer, customer name, business name, organisation, organization, magasin, point de vente',
    kind: 'client ou prospect, type de client, statut, type, categorie, status, account type, customer type, client or prospect, kind, nature',
    activity:
      'activite, secteur d activite, metier, profession, activity, industry, business, trade, naf, libelle naf, segment, line of business',
    street:
      'rue, adresse, adresse 1, adresse postale, voie, adresse ligne 1, street, address, address 1, street address, address line 1, n et rue, numero et rue',
    postcode: 'code postal, cp, postcode, zip, zip code, postal code, code postale, postal, c p, cpostal',
    city: 'ville, commune, localite, city, town, locality, municipality',
    phone: REACH.phone ?? '',
    email: REACH.email ?? '',
    territory:
      'territoire, secteur, territory, sector, zone, area, secteur commercial, region, region commerciale, departement, department, county, agence, branch, sous secteur, sales territory, tournee',
    visitEveryDays:
      'jours entre deux visites, visite tous les, visite tous les jours, frequence de visite, frequence, periodicite, rythme de visite, days between visits, days between two visits, visit every days, visit frequency, frequency',
  },
  contacts: {
    accountRef: ACCOUNT_REF,
    account:
      'nom du compte, compte, societe, client, entreprise, raison sociale, enseigne, nom du client, nom client, etablissement, account, account name, company, company name, customer, customer name, business name, organisation, organization, name of the account',
    accountPostcode:
      'code postal du compte, code postal, cp, account postcode, postcode, zip, zip code, postal code, code postal client, code postal de la societe, c p',
    accountCity:
      'ville du compte, ville, commune, localite, account town, city, town, account city, ville client, ville de la societe',
    lastName:
      'nom, nom de famille, last name, lastname, surname, family name, name, nom du contact, contact, contact name',
    firstName: 'prenom, first name, firstname, given name, forename, prenom du contact',
    jobTitle: 'fonction, poste, titre, job title, job, position, role, title, qualite',
    phone: REACH.phone ?? '',
    email: REACH.email ?? '',
    optedOut:
      'ne veut pas de messages, desinscrit, desabonne, opposition, opt out, opted out, optout, unsubscribed, wants no messages, does not want messages, no messages, ne pas contacter, do not contact',
  },
}
