/** A place that reps are assigned to; `sector` null: the whole department. */
export type Post = {
  readonly department: string
  readonly sector: string | null
  readonly reps: number
  /** Accounts of the post, all reps together. */
  readonly accounts: number
}

export const PAYS_BASQUE = '200067106'

/** Reps and accounts per post: [department, sector, reps, accounts]. */
const TABLE: readonly (readonly [string, string | null, number, number])[] = [
  // Nouvelle-Aquitaine: 22 reps, 12 of them in Pyrénées-Atlantiques, 5 on Pays Basque.
  ['64', PAYS_BASQUE, 5, 350],
  ['64', '200067254', 3, 270],
  ['64', '200039204', 1, 95],
  ['64', '200067262', 1, 95],
  ['64', null, 2, 190],
  ['33', '243300316', 3, 255],
  ['33', '243300563', 1, 80],
  ['33', null, 1, 80],
  ['40', '244000865', 1, 85],
  ['40', '244000675', 1, 80],
  ['17', '241700434', 1, 85],
  ['17', '241700640', 1, 80],
  ['24', '200040392', 1, 80],
  // Bretagne: 6.
  ['29', '242900314', 2, 170],
  ['29', '200068120', 1, 85],
  ['56', '200067932', 1, 85],
  ['56', '200042174', 1, 80],
  ['35', '243500139', 1, 85],
  // Occitanie: 5.
  ['31', '243100518', 2, 170],
  ['31', '200068641', 1, 80],
  ['34', '243400017', 1, 85],
  ['11', '241100593', 1, 80],
  // Auvergne-Rhône-Alpes: 7, three of them in Savoie.
  ['69', '200046977', 2, 175],
  ['73', '200069110', 1, 85],
  ['73', '247300254', 1, 80],
  ['73', null, 1, 90],
  ['38', '200040715', 1, 85],
  ['74', '200066793', 1, 85],
  // Île-de-France: 5.
  ['75', '200054781', 3, 255],
  ['78', '200059889', 1, 85],
  ['91', '200056232', 1, 80],
  // Provence-Alpes-Côte d'Azur: 5.
  ['13', '200054807', 2, 170],
  ['06', '200030195', 1, 85],
  ['83', '248300543', 1, 80],
  ['84', '248400251', 1, 80],
  // Corse: 3, two fewer than a comparison of people needs.
  ['2A', '242010056', 1, 85],
  ['2A', null, 1, 75],
  ['2B', '242000354', 1, 80],
  // One or two elsewhere.
  ['67', '246700488', 1, 85],
  ['68', '200066009', 1, 80],
  ['14', '200065597', 1, 80],
  ['76', '200023414', 1, 85],
  ['59', '200093201', 1, 85],
  ['44', '244400404', 1, 85],
  ['45', '244500468', 1, 80],
]

export const POSTS: readonly Post[] = TABLE.map(([department, sector, reps, accounts]) => ({
  department,
  sector,
  reps,
  accounts,
}))

/** Managers beside those who sign in with a password: [rank, code]. Corse has none, so that it stays at three people. */
export const MANAGED: readonly (readonly [1 | 2, string])[] = [
  [1, '53'],
  [1, '76'],
  [1, '84'],
  [1, '11'],
  [1, '93'],
  [2, '33'],
  [2, '73'],
]
