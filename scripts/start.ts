import { main } from '../server/main.ts'
import { buildClientWhenStale } from './client.ts'

await buildClientWhenStale()
await main()
