/** What was saved of the persons beside one row; `json` null = taken away on purpose. */
export interface PersonRow {
  register: string
  id: string
  json: string | null
  at: string
  savedBy: string
}

/** Where names and telephones that were saved at a desk are kept. */
export interface PersonRows {
  of(room: string): Promise<PersonRow[]>
  /** All or none, but for those that were saved later. */
  put(room: string, rows: readonly PersonRow[]): Promise<void>
  close(): Promise<void>
}
