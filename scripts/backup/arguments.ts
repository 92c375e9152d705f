import { resolve } from 'node:path'
import { usage } from './refusals.ts'

/** The one file that a command is given. npm changes into the project's root first: it is meant from where it was typed. */
export function fileFrom(args: readonly string[], command: string, typedIn = process.env.INIT_CWD): string {
  const [file, ...more] = args
  if (!file || file.startsWith('-') || more.length > 0) throw usage(`npm run ${command} -- FILE`)
  return resolve(typedIn ?? '.', file)
}

/** A head that somebody kept: the journal of this room once ended with this hash. */
export interface KeptHead {
  room: string
  hash: string
}

export function headsFrom(args: readonly string[]): KeptHead[] {
  const heads: KeptHead[] = []
  for (let i = 0; i < args.length; i += 2) {
    const [, room, hash] = /^([a-z0-9~-]+)=([0-9a-f]{64})$/i.exec(args[i + 1] ?? '') ?? []
    if (args[i] !== '--head' || !room || !hash) throw usage('npm run verify-journal [-- --head ROOM=HASH …]')
    heads.push({ room, hash: hash.toLowerCase() })
  }
  return heads
}

/** Where the journal is: FENGTU_DATA and DATABASE_URL, as for the server. */
export function journalFrom(env: NodeJS.ProcessEnv): { dataDir: string; databaseUrl: string | undefined } {
  return { dataDir: resolve(env.FENGTU_DATA || '.fengtu'), databaseUrl: env.DATABASE_URL || undefined }
}
