import { CLOSED, daysBefore, lately, soon } from './ledger.ts'
import { chance, type Make } from './make.ts'
import { type Holding, type Item, STOCK_ITEMS } from './stock-items.ts'

/** Pieces in all eleven stores. */
const ITEMS = 43_640

/** What each store holds: 43,640 pieces in all, whole packs but for one heap of sandbags. */
export function stockOf(
  { ledger, random }: Make,
  stores: readonly { id: string; holds: Holding; areaM2: number }[],
): void {
  const rows: { store: string; item: Item; quantity: number }[] = []
  for (const item of STOCK_ITEMS) {
    const where = stores.filter(s => item.at.includes(s.holds))
    const weight = where.reduce((sum, s) => sum + Math.sqrt(s.areaM2), 0)
    for (const store of where) {
      const share = (item.total * Math.sqrt(store.areaM2) * random.between(0.8, 1.2)) / weight
      const quantity = item.packSize * Math.round(share / item.packSize)
      if (quantity > 0) rows.push({ store: store.id, item, quantity })
    }
  }
  // Counted pieces, not packs, make the sum exact: the largest heap of sandbags is never a round number.
  const heap = rows.filter(r => r.item.use === 'sandbag').reduce((a, b) => (b.quantity > a.quantity ? b : a))
  heap.quantity += ITEMS - rows.reduce((sum, r) => sum + r.quantity, 0)
  for (const { store, item, quantity } of rows) {
    const expired = item.keeps !== null && chance(random, 0.08)
    ledger.add('stock', {
      name: { zh: item.zh, en: item.en },
      fields: {
        store,
        class: item.class,
        use: item.use,
        quantity,
        unit: item.unit,
        packSize: item.packSize,
        spec: item.spec,
        unitKg: item.unitKg,
        expires:
          item.keeps === null ? undefined : expired ? lately(random, 200) : soon(random, 365 * item.keeps),
        counted: chance(random, 0.1) ? daysBefore(CLOSED, random.whole(400, 800)) : lately(random, 180),
        state: expired
          ? 'unfit'
          : chance(random, 0.03)
            ? 'reserved'
            : chance(random, 0.02)
              ? 'moving'
              : 'good',
      },
    })
  }
}
