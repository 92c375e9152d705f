import type { CommandName } from '../contract/commands.ts'
import { close, isClosing, isOpening, open, openAll } from './closure.ts'
import {
  adoptRecords,
  importRecords,
  isAdopting,
  isImporting,
  isNotingPersons,
  isRemoving,
  isSaving,
  isSavingMany,
  notePersons,
  removeRecord,
  saveRecord,
  saveRecords,
} from './record.ts'
import { beginRoom, isBeginning } from './room.ts'
import type { Made, Verb } from './verb.ts'

/** Every command has its verb; the type fails on one that is missing. */
export const VERBS: { [N in CommandName]: Verb<N> } = {
  close,
  open,
  openAll,
  saveRecord,
  removeRecord,
  saveRecords,
  adoptRecords,
  importRecords,
  notePersons,
  beginRoom,
}

/** And for each, whether a change is what that command made. */
export const MADE: { [N in CommandName]: Made<N> } = {
  close: isClosing,
  open: isOpening,
  openAll: () => true,
  saveRecord: isSaving,
  removeRecord: isRemoving,
  saveRecords: isSavingMany,
  adoptRecords: isAdopting,
  importRecords: isImporting,
  notePersons: isNotingPersons,
  beginRoom: isBeginning,
}
