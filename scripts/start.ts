import { main } from '../server/main.ts'
import { buildClientWhenStale } from './client.ts'
import { makeDemonstration, wantsDemonstration } from './start/demonstration.ts'

const { FENGTU_DATA = '.fengtu', FENGTU_DEMO } = process.env
await buildClientWhenStale()
if (wantsDemonstration(FENGTU_DATA, FENGTU_DEMO)) await makeDemonstration(FENGTU_DATA)
await main()
