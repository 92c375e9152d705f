/**
 * Who stands where, and what each may import beside its own area. No import points up; `may` says which of the
 * areas below or beside. In the client a type may come from anywhere on the same floor. Tests and fixtures may
 * import from every floor; only tests, and what is run by hand, import them.
 */
export interface Area {
  name: string
  floor: number
  /** Which files: the first area that matches holds the file. */
  files: RegExp
  /** Our files that it may import, beside its own area. Absent = everything below. */
  may?: RegExp
  /** Types it may import from wherever they stand. */
  mayTypes?: RegExp
  /** Packages it must not import. */
  never?: RegExp
  /** No clock, no chance, no files, no network: the same input gives the same output. */
  pure?: true
}

export const TEST_FILE = /\.(test|fixture|contract|journey|bench)\.|\.fixture\.worker\.|^client\/e2e\//
/** What only people start by hand or a test runs: may use fixtures, and nothing of a running server uses it. */
export const RUN_BY_HAND = /^scripts\/|^server\/kill-rounds\.ts$/

const CONTRACT = 'server/contract/'
const only = (...paths: string[]): RegExp => new RegExp(`^(${paths.join('|').replaceAll('.', '\\.')})`)

export const AREAS: Area[] = [
  { name: 'contract', floor: 1, files: only(CONTRACT), may: only(), never: /^(?!zod$)/, pure: true },
  { name: 'algo', floor: 2, files: only('server/algo/'), may: only(CONTRACT), pure: true },
  {
    name: 'domain',
    floor: 3,
    files: only('server/domain/'),
    may: only(CONTRACT, 'server/algo/'),
    pure: true,
  },
  // The tile threads read the files that the importer writes: one keeper of that format, in geodata.
  { name: 'db', floor: 3, files: only('server/db/'), may: only(CONTRACT, 'geodata/mbtiles.ts') },
  // Who may come in; http is handed what it opens and knows its types only.
  { name: 'accounts', floor: 3, files: only('server/accounts/'), may: only(CONTRACT) },
  {
    name: 'journal',
    floor: 4,
    files: only('server/journal/'),
    may: only(CONTRACT, 'server/domain/', 'server/db/'),
    never: /^(drizzle-orm|@libsql|hono)/,
  },
  {
    name: 'http',
    floor: 5,
    files: only('server/http/'),
    may: only(CONTRACT, 'server/journal/', 'server/algo/'),
    mayTypes: /^server\/accounts\//,
    never: /^(drizzle-orm|@libsql)/,
  },
  { name: 'server wiring', floor: 6, files: /^server\/[^/]+$/ },

  {
    name: 'geodata/formats',
    floor: 2,
    files: only('geodata/formats/', 'geodata/work.ts'),
    may: only(CONTRACT),
    never: /^(node:(?!zlib)|@libsql|drizzle-orm)/,
  },
  {
    name: 'geodata',
    floor: 2.5,
    files: only('geodata/'),
    may: only(CONTRACT, 'geodata/'),
  },
  { name: 'scripts', floor: 6, files: only('scripts/', 'vite.config.ts') },

  {
    name: 'client/ui',
    floor: 1,
    files: only('client/ui/'),
    may: only(),
    never: /^(?!vue(-i18n)?$)/,
  },
  { name: 'client/locales', floor: 1, files: only('client/locales/'), may: only() },
  { name: 'client/trouble', floor: 2, files: only('client/trouble.ts'), may: only(CONTRACT) },
  // The one door to the engine in the browser: its worker runs `algo`, the page only talks to it.
  {
    name: 'client/engine',
    floor: 3,
    files: only('client/engine/'),
    may: only(CONTRACT, 'server/algo/', 'client/trouble.ts'),
  },
  ...clientAreas(),
]

function clientAreas(): Area[] {
  const mayTypes = /^server\//
  const area = (name: string, floor: number, files: RegExp, may: RegExp, more: Partial<Area> = {}): Area => ({
    name,
    floor,
    files,
    may,
    mayTypes,
    ...more,
  })
  const below = [CONTRACT, 'client/ui/', 'client/trouble.ts']
  const stores = [...below, 'client/stores/', 'client/deps.ts', 'client/engine/', 'client/api.ts']
  return [
    area('client/api', 3, only('client/api.ts', 'client/upload.ts', 'client/deps.ts'), only(...below)),
    area('client/stores', 3, only('client/stores/'), only(...below), { never: /^(@deck|maplibre)/ }),
    area('client/live', 4, only('client/live/'), only(...below, 'client/api.ts')),
    area(
      'client/map/layers',
      4,
      only('client/map/layers/'),
      only(CONTRACT, 'client/map/layer.ts', 'client/map/palette.ts'),
      { never: /^(vue|pinia|maplibre)/ },
    ),
    area('client/map', 4, only('client/map/'), only(...stores, 'client/map/')),
    area('client/composables', 5, only('client/composables/'), only(...stores, 'client/live/'), {
      never: /^(@deck|maplibre)/,
    }),
    // Walls are data, and arithmetic over it.
    area('client/walls', 5, only('client/walls/'), only(CONTRACT), { pure: true }),
    // Of the map a panel knows its handle and the letters of teams, never what draws it.
    area(
      'client/panels',
      5,
      only('client/panels/'),
      only(
        ...below,
        'client/stores/',
        'client/composables/',
        'client/map/handle.ts',
        'client/map/letters.ts',
      ),
      { never: /^(@deck|maplibre)/ },
    ),
    area(
      'client wiring',
      6,
      only('client/main.ts', 'client/Gate.vue', 'client/App.vue', 'client/pages/'),
      only(CONTRACT, 'client/'),
    ),
  ]
}

export const areaOf = (path: string): Area | undefined => AREAS.find(area => area.files.test(path))
