import { join } from 'node:path'

/** Where the embedded databases lie: the journal, and beside it accounts and what is known of persons. */
export const journalFile = (dataDir: string): string => join(dataDir, 'journal.sqlite')
export const accountsFile = (dataDir: string): string => join(dataDir, 'accounts.sqlite')
export const personsFile = (dataDir: string): string => join(dataDir, 'persons.sqlite')
