/**
 * Persons are posts with numbers (监测员 012), and each has a telephone number that nobody can have: 00 dials
 * abroad, and no country's code begins with 0 (ITU-T E.164), so what begins with 000 reaches no one. Nor is
 * it a number of the Chinese plan, where mobile numbers begin with 1 and area codes with 0 and another digit.
 */
export class Posts {
  readonly #byRole = new Map<string, number>()
  readonly #known = new Map<string, Post>()
  #phones = 0

  /** The holder of a post; the same `key` is the same person in every register. */
  of(role: string, key?: string): Post {
    const name = key === undefined ? undefined : `${role} ${key}`
    const known = name === undefined ? undefined : this.#known.get(name)
    if (known) return known
    const no = (this.#byRole.get(role) ?? 0) + 1
    this.#byRole.set(role, no)
    const post = { name: `${role} ${String(no).padStart(3, '0')}`, phone: this.phone() }
    if (name !== undefined) this.#known.set(name, post)
    return post
  }

  /** A number of a duty room or a set. */
  phone(): string {
    const no = String(++this.#phones).padStart(8, '0')
    return `000-${no.slice(0, 4)}-${no.slice(4)}`
  }
}

export interface Post {
  name: string
  phone: string
}
