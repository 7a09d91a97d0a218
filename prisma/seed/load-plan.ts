import type { Role } from '@fieldback/domain/access/permissions'
import { addDays, type Day } from '@fieldback/domain/agenda/day'
import { addMonths, firstDay, type Month, monthOfDay, monthsOf } from '@fieldback/domain/analytics/period'
import { type FieldSetMembers, fieldSetHash } from '@fieldback/domain/field/field-set'
import { type FieldDefinition, fieldSpec } from '@fieldback/domain/field/field-spec'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'
import { france, type Territory } from './france.ts'
import type { LoadOptions } from './load-arguments.ts'
import { type LoadQuestion, loadQuestions } from './load-questions.ts'
import { accentOf, personName } from './person-names.ts'
import { Random } from './random.ts'
import { workingDays } from './working-days.ts'

/** Somebody of the generated organisation. */
export type LoadMember = {
  readonly personId: string
  readonly membershipId: string
  readonly assignmentId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly territory: Territory
}

/** A home of accounts: a sub-sector, or a department for those that lie in none. */
export type LoadPlace = {
  readonly home: Territory
  readonly region: Territory
  /** The twelve questions of a report there, in the order of the list. */
  readonly fieldIds: readonly string[]
  readonly fieldSet: string
  readonly cities: readonly string[]
  readonly postcodes: readonly string[]
  /** Answers lean by so many draws there. */
  readonly lean: number
  /** How many of 65,536 reports end in an order. */
  readonly orders: number
}

/** The days of a month on which reports were made, and which of them: first included, last left out. */
export type LoadMonth = { readonly month: Month; readonly from: number; readonly to: number }

/** All that is decided before rows are made. */
export type LoadPlan = LoadOptions & {
  readonly orgId: string
  readonly today: Day
  readonly accounts: number
  readonly days: readonly Day[]
  readonly months: readonly LoadMonth[]
  readonly territories: readonly Territory[]
  readonly members: readonly LoadMember[]
  readonly reps: readonly LoadMember[]
  readonly places: readonly LoadPlace[]
  /** Index in `places` of each rep's home. */
  readonly placeOfRep: readonly number[]
  readonly questions: readonly LoadQuestion[]
  readonly definitions: readonly FieldDefinition[]
  readonly fieldSets: ReadonlyMap<string, FieldSetMembers>
}

const REPORTS_A_REP = 1_500
const REPS_LEAST = 20
const REPS_MOST = 2_000
const REPORTS_AN_ACCOUNT = 10
/** A region is compared with others from five people on. */
const REPS_A_REGION = 5
const SECTORS_A_DEPARTMENT = 6
/** One rep in so many keeps the accounts that lie in no sub-sector of his department. */
const AT_DEPARTMENT = 10

/** The same for a slug whatever the seed: only an organisation made here may be replaced here. */
export const loadOrgId = (slug: string): string => new Random(`load/${slug}`).uuid('2024-09-02T06:00:00.000Z')

const mailDomain = (slug: string): string => `${slug}.fieldback.test`

/** Decides who, where, when and what is asked; the same for the same options and day. */
export function planLoad(options: LoadOptions, today: Day): LoadPlan {
  const { slug, seed, reports } = options
  const random = new Random(`load/${slug}/${seed}`)
  const count = Math.min(REPS_MOST, Math.max(REPS_LEAST, Math.round(reports / REPORTS_A_REP)))
  const tree = plantTree(random)
  const posts = choosePosts(tree, count)
  const homes = [...new Set(posts)]
  const questions = loadQuestions(Number(today.slice(0, 4)))
  const definitions = define(random, questions, homes, tree.territories)
  const { places, fieldSets } = furnish(random, { homes, tree, questions, definitions })
  const { days, months } = calendar(today, reports)
  const members = hire(random, slug, { tree, posts, homes })
  return {
    ...options,
    orgId: loadOrgId(slug),
    today,
    accounts: Math.max(count, Math.round(reports / REPORTS_AN_ACCOUNT)),
    days,
    months,
    territories: tree.territories,
    members,
    reps: members.filter(({ role }) => role === 'rep'),
    places,
    placeOfRep: posts.map((post) => homes.indexOf(post)),
    questions,
    definitions,
    fieldSets,
  }
}

type Tree = {
  readonly territories: readonly Territory[]
  readonly regions: readonly Territory[]
  /** The larger sub-sectors of each department of a region, one department after the other, largest first. */
  readonly sectorsOf: ReadonlyMap<string, readonly Territory[]>
  readonly parentOf: (node: Territory) => Territory
  readonly communesOf: ReturnType<typeof france>['communesOf']
}

function plantTree(random: Random): Tree {
  const map = france(random)
  const byId = new Map(map.territories.map((node) => [node.id, node]))
  const parentOf = (node: Territory): Territory => byId.get(node.parentId ?? '') ?? node
  const departments = map.territories.filter(({ rank }) => rank === 2)
  const regions = map.territories.filter(({ rank }) => rank === 1)
  const kept = new Map(
    departments.map((node) => [node.id, map.sectorsOf(node.code).slice(0, SECTORS_A_DEPARTMENT)]),
  )
  const sectorsOf = new Map(
    regions.map((region) => {
      const lists = departments
        .filter(({ parentId }) => parentId === region.id)
        .map(({ id }) => kept.get(id) ?? [])
      const rounds = Array.from({ length: SECTORS_A_DEPARTMENT }, (_, at) =>
        lists.flatMap((list) => list[at] ?? []),
      )
      return [region.id, rounds.flat()] as const
    }),
  )
  const sectors = new Set([...kept.values()].flat())
  return {
    territories: map.territories.filter((node) => node.rank < 3 || sectors.has(node)),
    regions: [...regions].sort(
      (a, b) => (sectorsOf.get(b.id)?.length ?? 0) - (sectorsOf.get(a.id)?.length ?? 0),
    ),
    sectorsOf,
    parentOf,
    communesOf: map.communesOf,
  }
}

/** Where each rep is: as many regions as have five reps, two reps to a sub-sector, some at the department itself. */
function choosePosts({ regions, sectorsOf, parentOf }: Tree, count: number): Territory[] {
  const open = regions.slice(0, Math.max(1, Math.min(regions.length, Math.floor(count / REPS_A_REGION))))
  return Array.from({ length: count }, (_, rep) => {
    const region = open[rep % open.length]
    const sectors = sectorsOf.get(region?.id ?? '') ?? []
    const turn = Math.floor(rep / open.length)
    const sector = sectors[Math.floor(turn / 2) % sectors.length]
    if (!sector) throw new Error('A region without a sub-sector')
    return rep % AT_DEPARTMENT === AT_DEPARTMENT - 1 ? parentOf(sector) : sector
  })
}

/** Every question once for each territory of its rank that has accounts below. */
function define(
  random: Random,
  questions: readonly LoadQuestion[],
  homes: readonly Territory[],
  territories: readonly Territory[],
): FieldDefinition[] {
  const used = territories.filter(
    ({ rank, path }) => rank < 3 && homes.some((home) => isWithin(path, home.path)),
  )
  return questions.flatMap((question, position) =>
    used
      .filter(({ rank }) => rank === question.rank)
      .map((owner) => ({
        id: random.uuid('2024-09-02T07:00:00.000Z'),
        territoryId: owner.id,
        entity: question.entity,
        key: question.key,
        version: 1,
        retired: false,
        slot: question.slot,
        spec: fieldSpec.parse({
          ...question.spec,
          reportable: true,
          position: position * 10,
          givebacks: [{ kind: 'comparison' }],
        }),
      })),
  )
}

type Furnishing = {
  readonly homes: readonly Territory[]
  readonly tree: Tree
  readonly questions: readonly LoadQuestion[]
  readonly definitions: readonly FieldDefinition[]
}

function furnish(random: Random, { homes, tree, questions, definitions }: Furnishing) {
  const fieldSets = new Map<string, FieldSetMembers>()
  const reportQuestions = questions.filter(({ entity }) => entity === 'report')
  const owned = new Map(
    definitions.map((field) => [`${field.territoryId}/${field.entity}/${field.key}`, field]),
  )
  const places = homes.map((home): LoadPlace => {
    const line = pathIds(home.path)
    const fields = reportQuestions.flatMap(
      ({ key }) => line.flatMap((id) => owned.get(`${id}/report/${key}`) ?? [])[0] ?? [],
    )
    const members: FieldSetMembers = fields.map(({ id, version }) => [id, version] as const)
    const fieldSet = fieldSetHash(members)
    fieldSets.set(fieldSet, members)
    const region = tree.regions.find(({ path }) => isWithin(path, home.path))
    if (!region) throw new Error('A home outside every region')
    const sector =
      home.rank === 3 ? home : tree.sectorsOf.get(region.id)?.find(({ parentId }) => parentId === home.id)
    const communes = tree
      .communesOf(sector?.code ?? '')
      .filter(({ postcodes }) => postcodes.length > 0)
      .slice(0, 8)
    return {
      home,
      region,
      fieldIds: fields.map(({ id }) => id),
      fieldSet,
      cities: communes.map(({ name }) => name),
      postcodes: communes.map(({ postcodes }) => postcodes[0] ?? ''),
      lean: random.int(0, 4),
      orders: random.int(9_000, 19_000),
    }
  })
  return { places, fieldSets }
}

/** Working days of the last 12 to 36 months, and which reports fall in each month: as many a day. */
function calendar(today: Day, reports: number): Pick<LoadPlan, 'days' | 'months'> {
  const length = reports <= 200_000 ? 12 : reports <= 3_000_000 ? 24 : 36
  const last = monthOfDay(today)
  const period = { from: addMonths(last, 1 - length), to: last }
  const days = workingDays(firstDay(period.from), addDays(today, -1))
  const before = (day: Day): number => days.filter((other) => other < day).length
  // Report n is made on day floor(n * days / reports).
  const firstOf = (day: number): number => Math.ceil((day * reports) / days.length)
  const months = monthsOf(period).map((month) => ({
    month,
    from: firstOf(before(firstDay(month))),
    to: firstOf(before(firstDay(addMonths(month, 1)))),
  }))
  return { days, months: months.filter(({ from, to }) => to > from) }
}

type Hiring = {
  readonly tree: Tree
  readonly posts: readonly Territory[]
  readonly homes: readonly Territory[]
}

/** Head office, an administrator, a manager of each region and department at work, and the reps. */
function hire(random: Random, slug: string, { tree, posts, homes }: Hiring): LoadMember[] {
  const domain = mailDomain(slug)
  const joined = (box: string, role: Role, territory: Territory): LoadMember => {
    const { firstName, lastName } = personName(
      random,
      accentOf(territory.rank === 2 ? territory.code : '', false),
    )
    const [personId, membershipId, assignmentId] = [0, 1, 2].map(() =>
      random.uuid('2024-09-02T06:30:00.000Z'),
    )
    return {
      personId: personId ?? '',
      membershipId: membershipId ?? '',
      assignmentId: assignmentId ?? '',
      name: `${firstName} ${lastName}`,
      email: `${box}@${domain}`,
      role,
      territory,
    }
  }
  const managed = tree.territories.filter(
    ({ rank, path }) => (rank === 1 || rank === 2) && homes.some((home) => isWithin(path, home.path)),
  )
  const [country] = tree.territories
  if (!country) throw new Error('A tree without a root')
  return [
    joined('hq', 'headquarters', country),
    joined('admin', 'administrator', country),
    ...managed.map((node) => joined(`manager-${node.rank}-${node.code.toLowerCase()}`, 'manager', node)),
    ...posts.map((post, at) => joined(`rep${at + 1}`, 'rep', post)),
  ]
}
